package dev.blastwall.authoring;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where Blastwall is installed: the policy library, its schemas and the tools of {@code ci/}.
 *
 * @param folder the root
 */
public record Home(Path folder) {

  private static final String PROPERTY = "blastwall.home";

  /**
   * The one that the launcher names.
   *
   * @throws AuthoringException when there is none
   */
  public static Home find() throws AuthoringException {
    String folder = System.getProperty(PROPERTY, "");
    Home home = new Home(Path.of(folder).toAbsolutePath());
    if (folder.isEmpty() || !Files.isDirectory(home.library())) {
      throw new AuthoringException(
          "The policy library is not found. Run this by ./blastwall, which knows where it is.");
    }
    return home;
  }

  /** Its rules, without their tests: those have names of their own. */
  Path library() {
    return folder.resolve("rego").resolve("blastwall");
  }

  /** What {@code opa check} must know of {@code input} and {@code data}. */
  Path schemas() {
    return folder.resolve("rego").resolve("schemas");
  }

  /** The built-ins that a gateway offers. */
  Path capabilities() {
    return folder.resolve("rego").resolve("capabilities.json");
  }

  /** What is known of PostgreSQL's own functions and settings: data of every bundle. */
  Path knowledge() {
    return folder.resolve("policy-bundles").resolve("starter").resolve("postgresql");
  }

  /** What {@code policy new} begins with. */
  Path skeleton() {
    return folder.resolve("policy-bundles").resolve("skeleton");
  }

  /** Prints where {@code opa} is, after installing it if needed. */
  Path opa() {
    return folder.resolve("ci").resolve("opa");
  }
}
