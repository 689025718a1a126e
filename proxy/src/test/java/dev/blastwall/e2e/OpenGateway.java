package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.demo.Demo;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.gateway.Gateway;
import dev.blastwall.protocol.Upstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A gateway whose policy allows everything: what tools of administrators go through. */
final class OpenGateway implements AutoCloseable {

  private static final String EVERYTHING =
      """
      package blastwall

      decision := {"outcome": "forward", "reasons": [{"code": "open", "message": "open"}],
        "masks": [], "limits": {}, "log": {}, "record": "buffered"}
      """;

  private final RunningDemo demo = new RunningDemo();
  private final Gateway gateway;

  /** Starts it before a database of its own, with its files in {@code folder}. */
  OpenGateway(Path folder) throws Exception {
    Path rules = Files.createDirectories(folder.resolve("policy"));
    Files.writeString(rules.resolve("everything.rego"), EVERYTHING);
    Program built =
        Program.run(
            folder,
            Map.of(),
            "",
            List.of(
                OpaTool.path().toString(),
                "build",
                "-b",
                "policy",
                "-t",
                "plan",
                "-e",
                "blastwall/decision",
                "-o",
                "bundle.tar.gz"));
    assertThat(built.exitCode()).as(built.output()).isZero();
    gateway =
        Gateway.start(
            demo.configuration(
                folder, "", "policy: {bundle: " + folder.resolve("bundle.tar.gz") + "}\n"));
  }

  RunningDemo demo() {
    return demo;
  }

  /** Where libpq goes, and who asks. */
  Map<String, String> through() {
    return environment(
        gateway.postgresql().getPort(), Demo.CONNECTION, "alice", demo.token(DemoUser.ALICE));
  }

  /** The same past the gateway. */
  Map<String, String> direct() {
    Upstream upstream = demo.demo().upstream();
    return environment(
        upstream.port(), upstream.database(), upstream.user(), upstream.password().value());
  }

  private static Map<String, String> environment(
      int port, String database, String user, String password) {
    return Map.of(
        "PGHOST", "127.0.0.1",
        "PGPORT", String.valueOf(port),
        "PGDATABASE", database,
        "PGUSER", user,
        "PGPASSWORD", password);
  }

  @Override
  public void close() {
    gateway.close();
    demo.close();
  }
}
