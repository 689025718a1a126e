package dev.blastwall.authoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Begins a policy. */
public final class Skeleton {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,40}");

  /**
   * Stands in the skeleton, in paths and in files, for the name. It is Rego, so that the skeleton
   * is a policy itself, and no word of a pipeline.
   */
  private static final String PLACEHOLDER = "policy_name";

  private Skeleton() {}

  /**
   * Writes a small policy with tests, scenarios and a pipeline.
   *
   * @param name of the package below {@code policy}
   * @param to a folder that is not there yet, or empty
   */
  public static void copy(String name, Path to, Home home) throws IOException, AuthoringException {
    if (!NAME.matcher(name).matches()) {
      throw new AuthoringException(
          "A policy's name is that of a Rego package: small letters, digits and _, such as acme.");
    }
    if (Files.exists(to) && !isEmpty(to)) {
      throw new AuthoringException(to + " is not empty; name another folder, or empty it.");
    }
    for (Path file : files(home.skeleton())) {
      String path = home.skeleton().relativize(file).toString().replace(PLACEHOLDER, name);
      Path target = to.resolve(path);
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.writeString(target, Files.readString(file).replace(PLACEHOLDER, name));
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
