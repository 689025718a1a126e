package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.config.Configuration;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a security engineer does from an empty folder to a refusal in front of production. */
class AuthoringIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String RULE =
      """

      refuse contains {
      	"code": "no_payments",
      	"message": "Payments are read through the finance service.",
      } if {
      	input.point == "command"
      	sql.reads("payments")
      }
      """;

  private static final String SCENARIO =
      """

        - name: Nobody reads payments
          who: alice
          sql: select sum(amount) from payments
          expect: {outcome: refuse, reasons: [no_payments]}
      """;

  @TempDir private Path work;
  private Path acme;

  @BeforeEach
  void begin() throws Exception {
    acme = work.resolve("acme");
    assertThat(blastwall("policy", "new", "acme").output()).contains("blastwall policy test acme");
    Files.writeString(
        acme.resolve("scenarios").resolve("schema.sql"),
        "create table payments (id integer, amount numeric);\n",
        StandardOpenOption.APPEND);
  }

  @Test
  void aRuleIsWrittenTestedBuiltSignedAndBlocksPsql() throws Exception {
    // Given: it works as it is.
    assertThat(blastwall("policy", "test", "acme").output())
        .contains("PASS: ", "SCENARIOS: 5/5 as expected");

    // When a scenario fails
    append("scenarios/acme.yaml", SCENARIO);
    Program failing = Program.blastwall(work, "policy", "test", "acme");

    // Then it says where, how and why.
    assertThat(failing.exitCode()).as(failing.output()).isEqualTo(1);
    assertThat(failing.output())
        .contains("FAIL  scenarios/acme.yaml:34  Nobody reads payments")
        .contains("expected refuse, was forward")
        .contains("engineer: Engineers may run this.")
        .containsPattern("policy/acme/acme\\.rego:\\d+ +data\\.policy\\.acme\\.allow")
        .containsPattern(
            "came closest:\n"
                + " +policy/acme/acme\\.rego:\\d+ +data\\.policy\\.acme\\.refuse"
                + " +stopped at line \\d+ \\(2 of 3 conditions\\)")
        .contains("SCENARIOS: 5/6 as expected");
    assertThat(blastwall("policy", "explain", "acme/scenarios/acme.yaml:34").output())
        .contains("Nobody reads payments  alice on shop")
        .contains("    select sum(amount) from payments\n")
        .containsPattern("is +forward by tested")
        .contains("Rules that held with tested:\n")
        .containsPattern("policy/acme/acme\\.rego:\\d+ +data\\.policy\\.acme\\.allow\n")
        .containsPattern(
            "Came closest:\n"
                + " +policy/acme/acme\\.rego:\\d+ +data\\.policy\\.acme\\.refuse"
                + " +stopped at line \\d+ \\(2 of 3 conditions\\)");

    // When the rule is there
    blastwall("policy", "build", "acme", "-o", "old.tar.gz");
    append("policy/acme/acme.rego", RULE);

    // Then it passes, and the bundle is the same bytes in another folder.
    assertThat(blastwall("policy", "test", "acme").output()).contains("6/6 as expected");
    blastwall("policy", "build", "acme", "-o", "one.tar.gz");
    copy(acme, work.resolve("elsewhere").resolve("copy"));
    blastwall("policy", "build", "elsewhere/copy", "-o", "two.tar.gz");
    assertThat(work.resolve("one.tar.gz")).hasSameBinaryContentAs(work.resolve("two.tar.gz"));

    // And the scenarios say what it changes.
    Program diff =
        Program.blastwall(
            work,
            "policy",
            "diff",
            "old.tar.gz",
            "one.tar.gz",
            "--scenarios",
            "acme",
            "--format",
            "markdown");
    assertThat(diff.exitCode()).as(diff.output()).isEqualTo(1);
    assertThat(diff.output())
        .contains("1 of 6 decisions would change")
        .contains("| 1 | command | forward → refuse | `+no_payments` | `alice` | `shop` |");

    // And signed and activated on a running gateway, it blocks.
    blocks();
  }

  private void blocks() throws Exception {
    Path key = SigningKeys.write(work);
    blastwall("policy", "build", "acme", "-o", "new.tar.gz", "--revision", "with-rule");
    blastwall("policy", "sign", "new.tar.gz", "--key", key.toString(), "--key-id", "release");
    Files.writeString(
        acme.resolve("policy/acme/acme.rego"),
        Files.readString(acme.resolve("policy/acme/acme.rego")).replace(RULE, ""));
    blastwall(
        "policy",
        "build",
        "acme",
        "--revision",
        "before",
        "--key",
        key.toString(),
        "--key-id",
        "release",
        "-o",
        "live.tar.gz");
    try (RunningDemo demo = new RunningDemo();
        Gateway gateway = Gateway.start(configuration(demo));
        Connection alice = demo.connect(gateway, DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      assertThat(gateway.bundleRevision()).isEqualTo("before");
      assertThat(psql(demo, gateway)).contains("(1 row)");
      assertThat(statement.execute("select 1")).isTrue();
      Files.move(
          work.resolve("new.tar.gz"),
          work.resolve("live.tar.gz"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      await(gateway, "with-rule");
      assertThat(psql(demo, gateway)).contains("Payments are read through the finance service.");
      // A session that was there before goes on, and is judged by what is active now.
      assertThat(statement.execute("select 1")).isTrue();
      assertThat(psqlState(statement)).isEqualTo("42501");
    }
  }

  private static String psqlState(Statement statement) {
    try {
      statement.execute("select * from payments");
      return "none";
    } catch (SQLException refused) {
      return refused.getSQLState();
    }
  }

  @Test
  void aMistypedFieldIsFoundWithItsLine() throws Exception {
    append(
        "policy/acme/acme.rego",
        """

        refuse contains {"code": "typo", "message": "never"} if {
        	input.point == "command"
        	some table in input.command.tabels
        	table == "payments"
        }
        """);
    Program checked = Program.blastwall(work, "policy", "test", "acme");
    assertThat(checked.exitCode()).isEqualTo(1);
    assertThat(checked.output())
        .containsPattern("acme\\.rego:\\d+: .*undefined ref")
        .contains("tabels");
  }

  @Test
  void aRuleThatIsNeverAskedIsNotBuilt() throws Exception {
    Path deep = Files.createDirectories(acme.resolve("policy/acme/deep"));
    Files.writeString(deep.resolve("deep.rego"), "package policy.acme.deep\n\nallow := true\n");
    assertThat(Program.blastwall(work, "policy", "build", "acme").output())
        .contains("policy/acme/deep/deep.rego: rules must stand in a package directly below");
  }

  private void append(String file, String text) throws IOException {
    Files.writeString(acme.resolve(file), text, StandardOpenOption.APPEND);
  }

  private Program blastwall(String... arguments) throws Exception {
    Program program = Program.blastwall(work, arguments);
    assertThat(program.exitCode()).as(program.output()).isZero();
    return program;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static void await(Gateway gateway, String revision) {
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      if (gateway.bundleRevision().equals(revision)) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    throw new AssertionError("never activated: " + revision);
  }

  private String psql(RunningDemo demo, Gateway gateway) throws Exception {
    return Program.run(
            work,
            Map.of("PGPASSWORD", demo.token(DemoUser.ALICE), "PGSSLMODE", "require"),
            "select sum(amount) from payments;\n",
            List.of(
                "psql",
                "-X",
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(gateway.postgresql().getPort()),
                "-U",
                "alice",
                "shop"))
        .output();
  }

  private Configuration configuration(RunningDemo demo) throws Exception {
    return demo.configuration(
        work,
        "",
        """
        policy:
          bundle: live.tar.gz
          keys:
            release: {algorithm: ES256, key_file: verify.pem}
        """);
  }
}
