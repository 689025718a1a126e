package dev.blastwall.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.command.Client;
import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.CommandDigests;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Limits;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Session;
import dev.blastwall.command.Unclassified;
import dev.blastwall.policy.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApprovalsTest {

  private static final Principal DORA = person("dora", "approvers");
  private static final Principal ERIN = person("erin", "approvers");
  private static final Principal ALICE_BY_AGENT =
      new Principal(
          "alice",
          "https://id",
          Principal.Kind.AGENT,
          List.of("engineers", "approvers"),
          Map.of(),
          List.of(new Principal.Actor("agent", "https://id", Principal.Kind.AGENT)));

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Approvals approvals = new Approvals(timer, Instant::now);
  private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

  @AfterEach
  void stopTimer() {
    timer.shutdownNow();
  }

  @Test
  void anApprovalReleasesTheCommandOnce() throws ApprovalException {
    HeldCommand held = hold(1, Duration.ofMinutes(1));

    assertThat(approvals.approve(held.id(), held.digest(), DORA)).isZero();

    assertThat(outcomes).containsExactly(new Outcome.Approved(List.of("dora")));
    assertThatThrownBy(() -> approvals.approve(held.id(), held.digest(), DORA))
        .isInstanceOfSatisfying(
            ApprovalException.class,
            e -> assertThat(e.why()).isEqualTo(ApprovalException.Why.UNKNOWN));
  }

  @Test
  void anApprovalOfAnotherCommandDoesNotCount() {
    HeldCommand held = hold(1, Duration.ofMinutes(1));

    assertThatThrownBy(() -> approvals.approve(held.id(), new CommandDigest("00"), DORA))
        .hasMessageContaining("another command");
    assertThat(outcomes).isEmpty();
  }

  @Test
  void nobodyOfTheChainThatAskedMayApprove() {
    HeldCommand held = hold(1, Duration.ofMinutes(1));

    assertThatThrownBy(
            () -> approvals.approve(held.id(), held.digest(), person("alice", "approvers")))
        .hasMessageContaining("cannot approve");
    assertThatThrownBy(
            () -> approvals.approve(held.id(), held.digest(), person("agent", "approvers")))
        .hasMessageContaining("cannot approve");
  }

  @Test
  void anAgentOfAnApproverMayNotApprove() {
    HeldCommand held = hold(1, Duration.ofMinutes(1));
    Principal doraByAgent =
        new Principal(
            "dora",
            "https://id",
            Principal.Kind.AGENT,
            List.of("approvers"),
            Map.of(),
            List.of(new Principal.Actor("other", "https://id", Principal.Kind.AGENT)));

    assertThatThrownBy(() -> approvals.approve(held.id(), held.digest(), doraByAgent))
        .hasMessageContaining("Only a person");
  }

  @Test
  void onlyTheGroupsThatPolicyNamesMayAnswer() {
    HeldCommand held = hold(1, Duration.ofMinutes(1));

    assertThatThrownBy(
            () -> approvals.deny(held.id(), held.digest(), person("bob", "engineers"), ""))
        .hasMessageContaining("group:approvers");
    assertThat(approvals.answerableBy(person("bob", "engineers"))).isEmpty();
    assertThat(approvals.answerableBy(DORA)).containsExactly(held);
  }

  @Test
  void aQuorumCountsEachApproverOnce() throws ApprovalException {
    HeldCommand held = hold(2, Duration.ofMinutes(1));

    assertThat(approvals.approve(held.id(), held.digest(), DORA)).isEqualTo(1);
    assertThat(approvals.approve(held.id(), held.digest(), DORA)).isEqualTo(1);
    assertThat(outcomes).isEmpty();
    assertThat(approvals.approve(held.id(), held.digest(), ERIN)).isZero();

    assertThat(outcomes).containsExactly(new Outcome.Approved(List.of("dora", "erin")));
  }

  @Test
  void oneNoIsEnough() throws ApprovalException {
    HeldCommand held = hold(2, Duration.ofMinutes(1));

    approvals.deny(held.id(), held.digest(), DORA, "not today");

    assertThat(outcomes).containsExactly(new Outcome.Denied("dora", "not today"));
  }

  @Test
  void nobodysAnswerIsANo() {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Unclassified command = new Unclassified("test", "x");
    approvals.hold(
        session(),
        command,
        new CommandDigests(session()).of(command),
        decision(1, Duration.ofMillis(5)),
        outcome::complete);

    assertThat(outcome.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(new Outcome.Expired());
  }

  @Test
  void theOneWhoAskedMayGiveUp() {
    HeldCommand held = hold(1, Duration.ofMinutes(1));

    approvals.withdraw(held.id());
    approvals.withdraw(held.id());

    assertThat(outcomes).containsExactly(new Outcome.Withdrawn());
    assertThat(approvals.answerableBy(DORA)).isEmpty();
  }

  private HeldCommand hold(int quorum, Duration timeout) {
    Command command = new Unclassified("test", "something");
    return approvals.hold(
        session(),
        command,
        new CommandDigests(session()).of(command),
        decision(quorum, timeout),
        outcomes::add);
  }

  private static Decision.Hold decision(int quorum, Duration timeout) {
    return new Decision.Hold(
        List.of(new Decision.Reason("test", "A test.")),
        "r1",
        List.of("group:approvers"),
        quorum,
        timeout,
        Limits.NONE);
  }

  private static Session session() {
    return new Session(
        "s",
        ALICE_BY_AGENT,
        new Connection("shop", "test", null, Map.of()),
        new Client("127.0.0.1", "test", true),
        Instant.EPOCH,
        Instant.MAX);
  }

  private static Principal person(String subject, String group) {
    return new Principal(
        subject, "https://id", Principal.Kind.PERSON, List.of(group), Map.of(), List.of());
  }
}
