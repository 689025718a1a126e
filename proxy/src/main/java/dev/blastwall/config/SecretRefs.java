package dev.blastwall.config;

import dev.blastwall.opa.bundle.SecretRef;
import dev.blastwall.yaml.Section;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * How secrets of bundles are read: {@code NAME_file} names a file, which is read anew each time and
 * so may change; {@code NAME_env} names a variable of the environment.
 */
final class SecretRefs {

  private final FileParsers files;
  private final UnaryOperator<String> environment;

  SecretRefs(FileParsers files, UnaryOperator<String> environment) {
    this.files = files;
    this.environment = environment;
  }

  Supplier<SecretRef> required(Section section, String name) {
    Supplier<Optional<SecretRef>> secret = optional(section, name);
    if (!section.has(name + "_file") && !section.has(name + "_env")) {
      return section.problem("needs " + name + "_file or " + name + "_env");
    }
    return () -> secret.get().orElseThrow();
  }

  Supplier<Optional<SecretRef>> optional(Section section, String name) {
    Supplier<Optional<SecretRef>> inFile = section.optional(name + "_file", this::inFile);
    Supplier<Optional<SecretRef>> inEnvironment =
        section.optional(name + "_env", this::inEnvironment);
    if (section.has(name + "_file") && section.has(name + "_env")) {
      return section.problem("needs only one of " + name + "_file, " + name + "_env");
    }
    return () -> inFile.get().or(inEnvironment);
  }

  private SecretRef inFile(String text) {
    return new SecretRef.InFile(files.existing().parse(text));
  }

  private SecretRef inEnvironment(String name) {
    String value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("the environment variable " + name + " is not set");
    }
    return new SecretRef.Text(value);
  }
}
