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
    assertThat(new CommandDigests(ALICE).of(sql("delete from t where id = $1", "1")))
        .isEqualTo(new CommandDigests(ALICE).of(sql("delete from t where id = $1", "1")));
  }

  @Test
  void anotherTextValueConnectionOrChainIsAnotherCommand() {
    CommandDigest digest = new CommandDigests(ALICE).of(sql("select $1", "1"));
    Session byAgent =
        session("alice", List.of(new Principal.Actor("agent", "https://id", Principal.Kind.AGENT)));

    assertThat(new CommandDigests(ALICE).of(sql("select  $1", "1"))).isNotEqualTo(digest);
    assertThat(new CommandDigests(ALICE).of(sql("select $1", "2"))).isNotEqualTo(digest);
    assertThat(new CommandDigests(byAgent).of(sql("select $1", "1"))).isNotEqualTo(digest);
    assertThat(new CommandDigests(session("dora", List.of())).of(sql("select $1", "1")))
        .isNotEqualTo(digest);
  }

  @Test
  void valuesCannotBeShiftedBetweenParameters() {
    assertThat(new CommandDigests(ALICE).of(sql("x", "ab", "c")))
        .isNotEqualTo(new CommandDigests(ALICE).of(sql("x", "a", "bc")));
    assertThat(new CommandDigests(ALICE).of(sql("x", (String) null)))
        .isNotEqualTo(new CommandDigests(ALICE).of(sql("x", "")));
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
