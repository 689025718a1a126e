package dev.blastwall.config;

import dev.blastwall.opa.bundle.SecretRef;
import dev.blastwall.opa.bundle.SignatureAlgorithm;
import dev.blastwall.opa.bundle.VerificationKey;
import dev.blastwall.yaml.Parsers;
import dev.blastwall.yaml.Section;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Reads {@code policy.keys}: what the signatures of bundles are verified with. */
final class KeyReader {

  private final SecretRefs secrets;

  KeyReader(SecretRefs secrets) {
    this.secrets = secrets;
  }

  Supplier<Map<String, VerificationKey>> read(Section keys) {
    Map<String, Supplier<VerificationKey>> all = new LinkedHashMap<>();
    keys.keys().forEach(id -> all.put(id, key(keys.section(id))));
    return () -> {
      Map<String, VerificationKey> read = new LinkedHashMap<>();
      all.forEach((id, key) -> read.put(id, key.get()));
      return read;
    };
  }

  private Supplier<VerificationKey> key(Section section) {
    Supplier<SignatureAlgorithm> algorithm =
        section.optional("algorithm", KeyReader::algorithm, SignatureAlgorithm.RS256);
    Supplier<SecretRef> key = secrets.required(section, "key");
    Supplier<String> scope = section.optional("scope", Parsers.TEXT, "");
    section.end();
    return () -> new VerificationKey(algorithm.get(), key.get(), scope.get());
  }

  private static SignatureAlgorithm algorithm(String text) {
    return Arrays.stream(SignatureAlgorithm.values())
        .filter(algorithm -> algorithm.name().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of " + Arrays.toString(SignatureAlgorithm.values())));
  }
}
