package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.demo.Demo;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.protocol.Upstream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every client has to be able to do, by the names in {@link ClientCheck}: each test class
 * names one client, which does the checks through the gateway, with the starter policy and the
 * gateway's certificate verified, and again directly. What it prints has to be the same.
 */
abstract class ClientContract {

  /** As the client is called in the matrix. */
  abstract String client();

  /** The checks that have a meaning for it. */
  abstract List<ClientCheck> checks();

  /**
   * Does checks, each with a connection of its own.
   *
   * @param environment where to go and who asks, as libpq has it
   * @param checks the names of the checks
   * @return a line for each: its name, a tab, what came out
   */
  abstract String run(Map<String, String> environment, List<String> checks) throws Exception;

  @TestFactory
  Stream<DynamicTest> everyCheckComesOutAsItDoesDirectly() throws Exception {
    String said = run(throughTheGateway(), names(checks().stream()));
    Map<String, String> gateway = findings(said);
    Map<String, String> direct =
        findings(run(directly(), names(checks().stream().filter(ClientCheck::transparent))));
    checks().forEach(check -> ClientMatrix.shared().missed(client(), check.word()));
    return checks().stream()
        .map(check ->
            DynamicTest.dynamicTest(check.word(), () -> holds(check, gateway, direct, said)));
  }

  private void holds(
      ClientCheck check, Map<String, String> gateway, Map<String, String> direct, String said) {
    String found = gateway.get(check.word());
    assertThat(found).as("what %s printed: %s", client(), said).isNotNull().matches(check.form());
    if (check.transparent()) {
      assertThat(found).isEqualTo(direct.get(check.word()));
    }
    ClientMatrix.shared().passed(client(), check.word());
  }

  private static List<String> names(Stream<ClientCheck> checks) {
    return checks.map(ClientCheck::word).toList();
  }

  private static Map<String, String> findings(String output) {
    Map<String, String> findings = new LinkedHashMap<>();
    output
        .lines()
        .map(line -> line.split("\t", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> findings.put(parts[0], parts[1]));
    return findings;
  }

  /** Runs a program of the folder {@code src/test/LANGUAGE}. */
  static String program(
      String language, Map<String, String> environment, List<String> command, List<String> checks)
      throws Exception {
    List<String> all = Stream.concat(command.stream(), checks.stream()).toList();
    Program program = Program.run(Path.of("src", "test", language), environment, "", all);
    assertThat(program.exitCode()).as(program.output()).isZero();
    return program.output();
  }

  /** The path that a command of the folder {@code ci} prints after installing what it names. */
  static String installed(String... command) throws Exception {
    Program found = Program.run(Path.of("..", "ci"), Map.of(), "", List.of(command));
    assertThat(found.exitCode()).as(found.output()).isZero();
    return found.output().lines().reduce((first, last) -> last).orElseThrow();
  }

  private static Map<String, String> throughTheGateway() {
    RunningDemo demo = Shared.DEMO;
    return Map.of(
        "PGHOST",
        "localhost",
        "PGPORT",
        String.valueOf(demo.port()),
        "PGDATABASE",
        Demo.CONNECTION,
        "PGUSER",
        "alice",
        "PGPASSWORD",
        demo.token(DemoUser.ALICE),
        "PGSSLMODE",
        "verify-full",
        "PGSSLROOTCERT",
        demo.certificate().toAbsolutePath().toString());
  }

  private static Map<String, String> directly() {
    Upstream upstream = Shared.DEMO.demo().upstream();
    return Map.of(
        "PGHOST", upstream.host(),
        "PGPORT", String.valueOf(upstream.port()),
        "PGDATABASE", upstream.database(),
        "PGUSER", upstream.user(),
        "PGPASSWORD", upstream.password().value(),
        "PGSSLMODE", "disable");
  }

  /** One demo for the clients of a whole run: no check leaves anything behind. */
  private static final class Shared {
    private static final RunningDemo DEMO = start();

    private static RunningDemo start() {
      try {
        RunningDemo demo = new RunningDemo();
        Runtime.getRuntime().addShutdownHook(new Thread(demo::close));
        return demo;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
