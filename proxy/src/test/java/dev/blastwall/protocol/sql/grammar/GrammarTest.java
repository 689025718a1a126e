package dev.blastwall.protocol.sql.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GrammarTest {

  private static final Grammar GRAMMAR = new Grammar();

  @Test
  void readsEveryStatementOfAText() {
    Parsed parsed = GRAMMAR.parse("SELECT 1; BEGIN;; COMMIT");

    assertThat(((Parsed.Tree) parsed).statements())
        .extracting(Node::kind)
        .containsExactly("SelectStmt", "TransactionStmt", "TransactionStmt");
  }

  @Test
  void saysWhereATextStopsBeingSqlCountedInCharacters() {
    Parsed parsed = GRAMMAR.parse("SELECT 'ä' FRM t x");

    assertThat(parsed).isEqualTo(new Parsed.SyntaxError("syntax error at or near \"t\"", 16));
  }

  @Test
  void survivesManyErrors() {
    for (int i = 0; i < 1000; i++) {
      assertThat(GRAMMAR.parse("SELECT 1 FRM t x")).isInstanceOf(Parsed.SyntaxError.class);
    }

    assertThat(GRAMMAR.parse("SELECT 1")).isInstanceOf(Parsed.Tree.class);
  }

  @Test
  void knowsTheKindOfANodeThatItsFieldImplies() {
    Parsed.Tree tree = (Parsed.Tree) GRAMMAR.parse("INSERT INTO t VALUES (1)");

    Node target = tree.statements().getFirst().child("relation").orElseThrow();

    assertThat(target.kind()).isEqualTo("RangeVar");
  }

  @Test
  void failsByAnExceptionWhenTheStackIsTooSmall() throws InterruptedException {
    Grammar own = new Grammar();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread small =
        new Thread(
            null, () -> own.parse("SELECT " + "1 + ".repeat(5_000) + "1"), "small", 256 << 10);
    small.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));

    small.start();
    small.join();

    assertThat(failure.get()).isInstanceOf(RuntimeException.class);
  }

  @Test
  void fingerprintsDifferInMoreThanConstants() {
    assertThat(GRAMMAR.fingerprint("SELECT a FROM t WHERE b = 1"))
        .isEqualTo(GRAMMAR.fingerprint("SELECT a FROM t WHERE b = 'x'"))
        .isNotEqualTo(GRAMMAR.fingerprint("SELECT a FROM t WHERE c = 1"));
  }
}
