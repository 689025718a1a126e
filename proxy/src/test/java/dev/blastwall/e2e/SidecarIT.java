package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.blastwall.demo.DemoUser;
import dev.blastwall.gateway.Gateway;
import dev.blastwall.gateway.GatewayException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running gateway whose policy is evaluated by a real OPA beside it. */
class SidecarIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** More than a question takes on a machine with too much to do, and less than the patience. */
  private static final String TIMEOUT = "60s";

  /** Where a test waits for the time-out itself. */
  private static final String SHORT = "5s";

  private static RunningDemo demo;
  private static Path opa;

  @TempDir private Path work;
  private Gateway gateway;

  @BeforeAll
  static void start() throws Exception {
    opa = OpaTool.path();
    demo = new RunningDemo();
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @AfterEach
  void close() {
    if (gateway != null) {
      gateway.close();
    }
    awaitTrue(() -> opas().isEmpty(), "every OPA has ended");
  }

  private void start(String policy) throws Exception {
    try (InputStream bundle = getClass().getResourceAsStream("/bundles/starter.tar.gz")) {
      Files.copy(Objects.requireNonNull(bundle), work.resolve("starter.tar.gz"));
    }
    gateway = Gateway.start(demo.configuration(work, "", "policy: " + policy));
  }

  private void startWithSidecar(String timeout) throws Exception {
    start("{bundle: starter.tar.gz, engine: {program: " + opa + ", timeout: " + timeout + "}}");
  }

  /**
   * The ones that this process has started, by what they were told: their own shell, or a script
   * that stands for the tool, has other first arguments.
   */
  private static Set<ProcessHandle> opas() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().arguments().filter(SidecarIT::serves).isPresent())
        .collect(Collectors.toSet());
  }

  private static boolean serves(String[] arguments) {
    return arguments.length > 1 && arguments[0].equals("run") && arguments[1].equals("--server");
  }

  /** One that was ended a moment ago may still be seen. */
  private static ProcessHandle onlyOpa() {
    AtomicReference<Set<ProcessHandle>> all = new AtomicReference<>(Set.of());
    awaitTrue(
        () -> {
          all.set(opas());
          return all.get().size() == 1;
        },
        "there is one OPA");
    return all.get().iterator().next();
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    List<String> kill = List.of("kill", "-" + name, Long.toString(process.pid()));
    Program ran = Program.run(Path.of("").toAbsolutePath(), Map.of(), "", kill);
    assertThat(ran.exitCode()).as(ran.output()).isZero();
  }

  private Connection connect() throws SQLException {
    return demo.connect(gateway, DemoUser.ALICE);
  }

  private static String email(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select email from customers where id = 1")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static boolean flows(Statement statement) {
    try {
      return email(statement).contains("***");
    } catch (SQLException refused) {
      return false;
    }
  }

  private static void awaitTrue(BooleanSupplier condition, String what) {
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      if (condition.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    throw new AssertionError("did not happen: " + what);
  }

  @Test
  void opaDecidesAndMasks() throws Exception {
    startWithSidecar(TIMEOUT);

    try (Connection alice = connect();
        Statement statement = alice.createStatement()) {
      assertThat(onlyOpa().isAlive()).isTrue();
      assertThat(email(statement)).contains("***");
      assertThat(sqlState(statement, "drop table customers")).isEqualTo("42501");
      assertThat(email(statement)).contains("***");
    }
  }

  private static String sqlState(Statement statement, String sql) {
    return catchThrowableOfType(SQLException.class, () -> statement.execute(sql)).getSQLState();
  }

  @Test
  void aStoppedOpaRefusesAndAContinuedOneLetsFlowAgain() throws Exception {
    startWithSidecar(SHORT);
    try (Connection alice = awaitConnection();
        Statement statement = alice.createStatement()) {
      awaitTrue(() -> flows(statement), "OPA decides");
      ProcessHandle process = onlyOpa();

      signal("STOP", process);
      awaitTrue(
          () -> refusal(statement).contains("OPA gave no answer within 5000 ms"),
          "commands are refused");
      assertThat(sqlState(statement, "select 1")).isEqualTo("58000");
      signal("CONT", process);

      awaitTrue(() -> flows(statement), "commands flow again");
      assertThat(onlyOpa().pid()).isEqualTo(process.pid());
    }
  }

  /** On a busy machine a short time may not do for the first question. */
  private Connection awaitConnection() throws SQLException {
    SQLException last = new SQLException("never tried");
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      try {
        return connect();
      } catch (SQLException e) {
        last = e;
      }
    }
    throw last;
  }

  @Test
  void aKilledOpaIsStartedAgain() throws Exception {
    startWithSidecar(TIMEOUT);
    try (Connection alice = connect();
        Statement statement = alice.createStatement()) {
      ProcessHandle first = onlyOpa();

      signal("KILL", first);

      first.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      awaitTrue(() -> flows(statement), "commands flow again");
      assertThat(onlyOpa().pid()).isNotEqualTo(first.pid());
    }
  }

  @Test
  void aNewBundleGetsAnOpaOfItsOwn() throws Exception {
    startWithSidecar(SHORT);
    try (Connection alice = awaitConnection();
        Statement statement = alice.createStatement()) {
      awaitTrue(() -> flows(statement), "OPA decides");
      ProcessHandle first = onlyOpa();
      String before = gateway.bundleRevision();

      Path next = refusingBundle();
      Files.move(
          next,
          work.resolve("starter.tar.gz"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);

      awaitTrue(() -> gateway.bundleRevision().equals("closed"), "the new bundle is active");
      assertThat(before).isNotEqualTo("closed");
      awaitTrue(() -> refusal(statement).contains("closed for today"), "the new bundle decides");
      first.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(onlyOpa().pid()).isNotEqualTo(first.pid());
    }
  }

  private static String refusal(Statement statement) {
    SQLException refused = catchThrowableOfType(SQLException.class, () -> email(statement));
    return refused == null ? "" : String.valueOf(refused.getMessage());
  }

  private Path refusingBundle() throws Exception {
    Path folder = Files.createDirectory(work.resolve("closed"));
    Files.writeString(
        folder.resolve("policy.rego"),
        """
        package blastwall

        decision := {"outcome": "refuse", "reasons": [{"code": "closed", "message": "closed for today"}], "masks": [], "limits": {}, "log": {}, "record": "buffered"}
        """);
    Path archive = work.resolve("closed.tar.gz");
    List<String> build =
        List.of(
            opa.toString(),
            "build",
            "-b",
            "-t",
            "plan",
            "-e",
            "blastwall/decision",
            "--revision",
            "closed",
            "-o",
            archive.toString(),
            ".");
    Program built = Program.run(folder, Map.of(), "", build);
    assertThat(built.exitCode()).as(built.output()).isZero();
    return archive;
  }

  @Test
  void anOpaThatRunsAlreadyWillDo() throws Exception {
    Path socket = Files.createTempDirectory("opa").resolve("s");
    Path bundle = demo.demo().gateway().recordings().resolveSibling("starter.tar.gz");
    Process running =
        new ProcessBuilder(
                opa.toString(),
                "run",
                "--server",
                "--addr",
                "unix://" + socket,
                "--skip-version-check",
                "--log-level",
                "error",
                "--bundle",
                bundle.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      awaitTrue(
          () -> starts("{engine: {sidecar: \"unix://" + socket + "\", timeout: " + TIMEOUT + "}}"),
          "the gateway starts");

      try (Connection alice = connect();
          Statement statement = alice.createStatement()) {
        assertThat(email(statement)).contains("***");
      }
    } finally {
      running.destroyForcibly().waitFor();
      Files.deleteIfExists(socket);
      Files.delete(socket.getParent());
    }
  }

  /** It does not, as long as OPA does not answer. */
  private boolean starts(String policy) {
    try {
      Files.deleteIfExists(work.resolve("starter.tar.gz"));
      start(policy);
      return true;
    } catch (GatewayException notYet) {
      assertThat(notYet).hasMessageContaining("is not well");
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
