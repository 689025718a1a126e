package dev.blastwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandDigestTest {

  private static final Session ALICE = session("alice", List.of());

  @Test
  void theSameCommandOfTheSamePrincipalHasTheSameDigest() {
    assertThat(CommandDigest.of(sql("delete from t where id = $1", "1"), ALICE))
        .isEqualTo(CommandDigest.of(sql("delete from t where id = $1", "1"), ALICE));
  }

  @Test
  void anotherTextValueConnectionOrChainIsAnotherCommand() {
    CommandDigest digest = CommandDigest.of(sql("select $1", "1"), ALICE);
    Session byAgent =
        session("alice", List.of(new Principal.Actor("agent", "https://id", Principal.Kind.AGENT)));

    assertThat(CommandDigest.of(sql("select  $1", "1"), ALICE)).isNotEqualTo(digest);
    assertThat(CommandDigest.of(sql("select $1", "2"), ALICE)).isNotEqualTo(digest);
    assertThat(CommandDigest.of(sql("select $1", "1"), byAgent)).isNotEqualTo(digest);
    assertThat(CommandDigest.of(sql("select $1", "1"), session("dora", List.of())))
        .isNotEqualTo(digest);
  }

  @Test
  void valuesCannotBeShiftedBetweenParameters() {
    assertThat(CommandDigest.of(sql("x", "ab", "c"), ALICE))
        .isNotEqualTo(CommandDigest.of(sql("x", "a", "bc"), ALICE));
    assertThat(CommandDigest.of(sql("x", (String) null), ALICE))
        .isNotEqualTo(CommandDigest.of(sql("x", ""), ALICE));
  }

  private static SqlBatch sql(String text, @Nullable String... parameters) {
    return new SqlBatch(
        "postgresql", text, Understanding.COMPLETE, List.of(), Arrays.asList(parameters), false);
  }

  private static Session session(String subject, List<Principal.Actor> actors) {
    return new Session(
        "s",
        new Principal(subject, "https://id", Principal.Kind.PERSON, List.of(), Map.of(), actors),
        new Connection("shop", "postgresql", "shop", Map.of()),
        new Client("127.0.0.1", "test", true),
        Instant.EPOCH,
        Instant.MAX);
  }
}
