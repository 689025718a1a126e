package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.config.Configuration;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a runner has: {@code blastwall} and {@code policy-pipeline} on the path, a key, and the
 * recording of a gateway that decided by the policy {@code acme} as {@code policy new} writes it.
 */
final class PipelineRunner implements AutoCloseable {

  private final Path folder;
  private final RunningDemo demo;
  private final Path recordings;

  PipelineRunner(Path folder) throws Exception {
    this.folder = folder;
    demo = new RunningDemo();
    program(
        "blastwall",
        "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED '-Dblastwall.home=%s' -cp '%s' dev.blastwall.Main \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                home(),
                System.getProperty("java.class.path")));
    Files.createSymbolicLink(
        folder.resolve("bin/policy-pipeline"), home().resolve("ci/policy-pipeline"));
    SigningKeys.write(folder);
    succeed(folder, "blastwall policy new acme && blastwall policy build acme -o acme.tar.gz");
    try (Gateway gateway =
            Gateway.start(
                configuration(folder, "bundle: %s".formatted(folder.resolve("acme.tar.gz"))));
        Connection alice = demo.connect(gateway, DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      recordings = gateway.recordings();
      statement.execute("select 1 as ping");
      statement.execute("select item from orders");
    }
  }

  Path recordings() {
    return recordings;
  }

  /** The private key, in PEM. */
  Path key() {
    return folder.resolve("signing.pem");
  }

  /** A new repository with the policy, not committed. */
  Path repository(Path work) throws Exception {
    succeed(work, "cp -R '%s' acme && cd acme && git init -q".formatted(folder.resolve("acme")));
    return work.resolve("acme");
  }

  /** Runs it as a runner does, with what the system sets. */
  Program bash(Path at, Map<String, String> environment, String script) throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    return Program.run(at, all, "", List.of("bash", "-eo", "pipefail", "-c", script));
  }

  /** What it prints. */
  String succeed(Path at, String script) throws Exception {
    Program program = bash(at, Map.of(), script);
    assertThat(program.exitCode()).as(program.output()).isZero();
    return program.output().strip();
  }

  /**
   * The revision of the bundle that a gateway takes from there, which takes none without our
   * signature.
   */
  String activated(Path work, String source) throws Exception {
    try (Gateway gateway =
        Gateway.start(
            configuration(
                work,
                "bundles: {acme: {%s}}, keys: {release: {algorithm: ES256, key_file: %s}}"
                    .formatted(source, folder.resolve("verify.pem"))))) {
      return gateway.bundleRevision();
    }
  }

  private Configuration configuration(Path at, String policy) throws Exception {
    return demo.configuration(
        at,
        "",
        """
        policy: {%s}
        """
            .formatted(policy));
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path home() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  @Override
  public void close() {
    demo.close();
  }
}
