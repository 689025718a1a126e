package dev.blastwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AudienceTest {

  private static final int SESSIONS = 10_000;

  @Test
  void chosenPrincipalsAreIncludedWhateverTheirSession() {
    Audience chosen = new Audience(0, Set.of("alice"), Set.of("testers"));

    assertThat(chosen.includes(session("1", "alice", "engineers"), "next")).isTrue();
    assertThat(chosen.includes(session("1", "bob", "testers"), "next")).isTrue();
    assertThat(chosen.includes(session("1", "bob", "engineers"), "next")).isFalse();
  }

  @Test
  void everybodyAndNobody() {
    assertThat(included(Audience.EVERYBODY, "next")).hasSize(SESSIONS);
    assertThat(included(Audience.NOBODY, "next")).isEmpty();
    assertThat(Audience.NOBODY.isEmpty()).isTrue();
    assertThat(new Audience(0, Set.of("alice"), Set.of()).isEmpty()).isFalse();
    assertThat(new Audience(1, Set.of(), Set.of()).isEmpty()).isFalse();
  }

  /** The ids are always the same, and so is the outcome. */
  @Test
  void aShareIsAsLargeAsItSaysAndStaysTheSame() {
    Audience tenth = new Audience(1000, Set.of(), Set.of());

    Set<Integer> included = included(tenth, "next");

    assertThat(included).hasSizeBetween(900, 1100).isEqualTo(included(tenth, "next"));
    assertThat(included(new Audience(2000, Set.of(), Set.of()), "next")).containsAll(included);
  }

  @Test
  void sharesForDifferentPurposesAreDifferentSessions() {
    Audience half = new Audience(5000, Set.of(), Set.of());

    Set<Integer> both = included(half, "next");
    both.retainAll(included(half, "other"));

    assertThat(both).hasSizeBetween(2300, 2700);
  }

  @Test
  void aShareIsAPartOfAWhole() {
    assertThatThrownBy(() -> new Audience(10_001, Set.of(), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Audience(-1, Set.of(), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Set<Integer> included(Audience audience, String purpose) {
    Set<Integer> included = new HashSet<>();
    IntStream.range(0, SESSIONS)
        .filter(i -> audience.includes(session("019a-" + i, "alice", "engineers"), purpose))
        .forEach(included::add);
    return included;
  }

  private static Session session(String id, String subject, String group) {
    return new Session(
        id,
        new Principal(
            subject,
            "https://issuer.example",
            Principal.Kind.PERSON,
            List.of(group),
            Map.of(),
            List.of()),
        new Connection("shop", "postgresql", "shop", Map.of()),
        new Client("127.0.0.1", "psql", true),
        Instant.EPOCH,
        Instant.MAX);
  }
}
