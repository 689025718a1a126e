package dev.blastwall.authoring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The real {@code opa}, of the version that bundles are built with.
 *
 * @param program its path
 * @param home what it must know
 */
record Opa(String program, Home home) {

  static Opa of(Home home) throws AuthoringException {
    Tool found = Tool.run(home.folder(), List.of(home.opa().toString()));
    if (found.exitCode() != 0) {
      throw new AuthoringException("opa cannot be had: " + found.said().strip());
    }
    return new Opa(found.output().strip(), home);
  }

  Tool fmt(Path folder) throws AuthoringException {
    return run(folder, "fmt", "--fail", "--list", ".");
  }

  Tool check(Path folder) throws AuthoringException {
    String schemas = home.schemas().toString();
    return run(
        folder,
        "check",
        "--strict",
        "--capabilities",
        capabilities(),
        "--schema",
        schemas,
        "-b",
        ".");
  }

  Tool test(Path folder) throws AuthoringException {
    return run(folder, "test", "--capabilities", capabilities(), "-b", ".");
  }

  /** Writes the same bytes for the same sources, revision and options; unless it signs. */
  Tool build(Path folder, Path archive, String revision, List<String> options)
      throws AuthoringException {
    List<String> arguments =
        new ArrayList<>(
            List.of("build", "-t", "plan", "-e", "blastwall/decision", "--revision", revision));
    arguments.addAll(List.of("--ignore", "*_test.rego", "--capabilities", capabilities()));
    arguments.addAll(options);
    arguments.addAll(List.of("-o", archive.toString(), "-b", "."));
    return run(folder, arguments.toArray(String[]::new));
  }

  Tool sign(Path folder, List<String> options) throws AuthoringException {
    List<String> arguments = new ArrayList<>(List.of("sign", "-b", "."));
    arguments.addAll(options);
    return run(folder, arguments.toArray(String[]::new));
  }

  private String capabilities() {
    return home.capabilities().toString();
  }

  private Tool run(Path folder, String... arguments) throws AuthoringException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    return Tool.run(folder, command);
  }
}
