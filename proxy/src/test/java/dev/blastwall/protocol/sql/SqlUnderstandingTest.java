package dev.blastwall.protocol.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.Understanding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlUnderstandingTest {

  private static final SqlUnderstanding UNDERSTANDING = new SqlUnderstanding(1);

  @AfterAll
  static void close() {
    UNDERSTANDING.close();
  }

  @Test
  void describesATextOnTheLoopOfTheCaller() {
    List<Runnable> loop = new ArrayList<>();
    CompletableFuture<Void> handedOver = new CompletableFuture<>();
    CompletableFuture<Understood> answer = new CompletableFuture<>();

    UNDERSTANDING.understand(
        "SELECT only_seen_here FROM t",
        task -> {
          loop.add(task);
          handedOver.complete(null);
        },
        answer::complete);
    handedOver.orTimeout(30, TimeUnit.SECONDS).join();

    assertThat(answer).isNotDone();
    loop.getFirst().run();
    assertThat(answer.join().description().understanding()).isEqualTo(Understanding.COMPLETE);
  }

  @Test
  void answersAtOnceWhenOnlyALiteralDiffersFromATextSeenBefore() {
    understand("SELECT a FROM seen WHERE b = 1");
    List<Understood> answers = new ArrayList<>();

    UNDERSTANDING.understand("SELECT a FROM seen WHERE b = 22", task -> {}, answers::add);

    assertThat(answers).hasSize(1);
    assertThat(answers.getFirst().batch(List.of()).text())
        .isEqualTo("SELECT a FROM seen WHERE b = 22");
  }

  @Test
  void answersAtOnceWhenTheSameTextWasSeenBefore() {
    understand("BEGIN /* again */");
    List<Understood> answers = new ArrayList<>();

    UNDERSTANDING.understand("BEGIN /* again */", task -> {}, answers::add);

    assertThat(answers).hasSize(1);
  }

  @Test
  void aTextThatIsNotSqlIsReadOnceAndSaysTheSameAgain() {
    String text = "SELECT 'twice' FRM t y";
    String problem = understand(text).problem().orElseThrow();
    List<Understood> answers = new ArrayList<>();

    UNDERSTANDING.understand(text, task -> {}, answers::add);

    assertThat(answers).singleElement().satisfies(a -> assertThat(a.problem()).hasValue(problem));
  }

  @Test
  void theWordsAboutATextAreNotSaidAboutAnother() {
    understand("SELECT 1 'one' FRM");

    assertThat(understand("SELECT 1 'longer' FRM").problem().orElseThrow())
        .contains("'longer'")
        .doesNotContain("'one'");
  }

  @Test
  void saysWhatTheParserSaidAboutATextThatIsNotSql() {
    Understood understood = understand("SELECT 1 FRM t x");

    assertThat(understood.batch(List.of()).understanding()).isEqualTo(Understanding.NONE);
    assertThat(understood.problem()).hasValue("syntax error at or near \"t\" at character 14");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ";", "-- nothing", "/* nothing */;"})
  void aTextWithoutStatementsIsUnderstood(String text) {
    SqlBatch batch = understand(text).batch(List.of());

    assertThat(batch.understanding()).isEqualTo(Understanding.COMPLETE);
    assertThat(batch.statements()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void doesNotUnderstandWhatWouldExhaustItAndGoesOn(String text) {
    Understood understood = understand(text);

    assertThat(understood.batch(List.of()).understanding()).isEqualTo(Understanding.NONE);
    assertThat(understood.problem()).isPresent();
    assertThat(understand("SELECT " + text.hashCode() + " AS after_it FROM t").problem()).isEmpty();
  }

  private static List<String> hostile() {
    return List.of(
        "SELECT " + "1 + ".repeat(10_000) + "1",
        "SELECT " + "a || ".repeat(3_000) + "a FROM t",
        "SELECT " + "(".repeat(10_000) + "1" + ")".repeat(10_000),
        "SELECT " + " - ".repeat(20_000) + "1",
        "SELECT " + "NOT ".repeat(20_000) + "true",
        "SELECT " + "/*".repeat(16_000) + "*/".repeat(16_000) + " 1",
        "SELECT 1 " + "UNION SELECT 1 ".repeat(5_000),
        "SELECT 1 FROM t\u0000 WHERE true",
        "SELECT '\uD800'",
        "SELECT '" + "x".repeat(1 << 20) + "'",
        "SELECT " + names(400) + " FROM " + names(400) + ", " + names(4_000));
  }

  private static String names(int count) {
    StringBuilder names = new StringBuilder("n");
    for (int i = 0; i < count; i++) {
      names.append(", n").append(i);
    }
    return names.toString();
  }

  @Test
  void aMaskedLiteralIsNoticedWhereSomethingIsWritten() {
    assertThat(masked("UPDATE t SET a = 'k***m' WHERE b = 1")).isTrue();
    assertThat(masked("UPDATE t SET a = 'kim' WHERE b = 1")).isFalse();
    assertThat(masked("SELECT a FROM t WHERE b = '[redacted]'")).isFalse();
    assertThat(masked("UPDATE t SET a = E'k\\x2a**m' WHERE b = 1")).isTrue();
    assertThat(masked("COPY t FROM STDIN")).isFalse();
    assertThat(masked("PREPARE p AS INSERT INTO t VALUES ('[redacted]')")).isTrue();
  }

  @Test
  void aMaskedParameterIsNoticedWhereSomethingIsWritten() {
    Understood insert = understand("INSERT INTO t VALUES ($1, $2)");

    assertThat(insert.batch(Arrays.asList(null, "[redacted]")).maskedTokens()).isTrue();
    assertThat(insert.batch(Arrays.asList(null, "x")).maskedTokens()).isFalse();
  }

  private static boolean masked(String text) {
    return understand(text).batch(List.of()).maskedTokens();
  }

  private static Understood understand(String text) {
    CompletableFuture<Understood> answer = new CompletableFuture<>();
    UNDERSTANDING.understand(text, Runnable::run, answer::complete);
    return answer.orTimeout(30, TimeUnit.SECONDS).join();
  }
}
