package dev.blastwall.benchmarks;

import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.bundle.BundleReader;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One of the policies that {@code benchmarks/opa} builds: its bundles and its input. */
record PolicyFolder(Path folder) {

  /** Where {@code benchmarks/opa} leaves them. */
  private static final String ROOT = System.getProperty("policies", "benchmarks/target/policies");

  static PolicyFolder named(String policy) {
    return new PolicyFolder(Path.of(ROOT, policy));
  }

  /** The path of the rule that is asked for. */
  String entrypoint() throws IOException {
    return Files.readString(folder.resolve("entrypoint")).strip();
  }

  byte[] input() throws IOException {
    return Files.readAllBytes(folder.resolve("input.json"));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  Bundle bundle() throws BundleException {
    return BundleReader.read(folder.resolve("plan.tar.gz"));
  }

  EmbeddedEngine engine() throws BundleException {
    return EmbeddedEngine.load(bundle());
  }
}
