package dev.blastwall.opa;

import java.util.Map;

/**
 * The policies of a bundle as their authors wrote them; {@code opa build} keeps them beside the
 * plan.
 *
 * @param files the text of each file, by its path in the bundle
 * @param versions what the manifest says about the language: {@code rego_version} and {@code
 *     file_rego_versions}, as far as they are there
 */
public record RegoSources(Map<String, String> files, ObjectValue versions) {
  /** No policies. */
  public static final RegoSources NONE = new RegoSources(Map.of(), new ObjectValue(0));

  public RegoSources {
    files = Map.copyOf(files);
  }
}
