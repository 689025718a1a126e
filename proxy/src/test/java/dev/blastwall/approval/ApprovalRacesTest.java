package dev.blastwall.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.Client;
import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigests;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Limits;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Session;
import dev.blastwall.command.Unclassified;
import dev.blastwall.policy.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several words about one hold at the same moment: one of them counts. */
class ApprovalRacesTest {

  private static final int ROUNDS = 500;
  private static final Principal DORA = approver("dora");
  private static final Principal ERIN = approver("erin");
  private static final Principal ALICE =
      new Principal("alice", "https://id", Principal.Kind.PERSON, List.of(), Map.of(), List.of());

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService approvers = Executors.newFixedThreadPool(2);
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Approvals approvals = new Approvals(timer, now::get);

  @AfterEach
  void stop() {
    approvers.shutdownNow();
    timer.shutdownNow();
  }

  @Test
  void twoApprovalsReleaseACommandOnce() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      List<Outcome> outcomes = new CopyOnWriteArrayList<>();
      HeldCommand held = hold(1, outcomes);

      List<Boolean> counted = atOnce(() -> approve(held, DORA), () -> approve(held, ERIN));

      assertThat(counted).containsOnlyOnce(true);
      assertThat(outcomes).singleElement().isInstanceOf(Outcome.Approved.class);
    }
  }

  @Test
  void ofAYesAndANoOneCounts() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      List<Outcome> outcomes = new CopyOnWriteArrayList<>();
      HeldCommand held = hold(1, outcomes);

      List<Boolean> counted = atOnce(() -> approve(held, DORA), () -> deny(held));

      assertThat(counted).containsOnlyOnce(true);
      assertThat(outcomes)
          .singleElement()
          .isInstanceOf(counted.getFirst() ? Outcome.Approved.class : Outcome.Denied.class);
    }
  }

  @Test
  void anApprovalAndAWithdrawalHaveOneOutcome() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      List<Outcome> outcomes = new CopyOnWriteArrayList<>();
      HeldCommand held = hold(1, outcomes);

      List<Boolean> counted = atOnce(() -> approve(held, DORA), () -> withdraw(held));

      assertThat(outcomes)
          .singleElement()
          .isInstanceOf(counted.getFirst() ? Outcome.Approved.class : Outcome.Withdrawn.class);
    }
  }

  @Test
  void theSameApproverTwiceAtOnceIsNoQuorum() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      List<Outcome> outcomes = new CopyOnWriteArrayList<>();
      HeldCommand held = hold(2, outcomes);

      atOnce(() -> approve(held, DORA), () -> approve(held, DORA));

      assertThat(outcomes).isEmpty();
      approvals.withdraw(held.id());
    }
  }

  @Test
  void anApprovalThatComesWhenTheTimeIsUpDoesNotCount() {
    List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    HeldCommand held = hold(1, outcomes);

    now.set(held.expires());

    // The timer, which runs by another clock, has not noticed yet.
    assertThat(approve(held, DORA)).isFalse();
    assertThat(outcomes).isEmpty();
  }

  private List<Boolean> atOnce(Callable<Boolean> one, Callable<Boolean> other) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    List<Boolean> counted = new ArrayList<>();
    for (Future<Boolean> answer :
        List.of(
            approvers.submit(() -> after(start, one)),
            approvers.submit(() -> after(start, other)))) {
      counted.add(answer.get());
    }
    return counted;
  }

  private static boolean after(CyclicBarrier start, Callable<Boolean> answer) throws Exception {
    start.await();
    return answer.call();
  }

  private boolean approve(HeldCommand held, Principal approver) {
    try {
      return approvals.approve(held.id(), held.digest(), approver) == 0;
    } catch (ApprovalException e) {
      assertThat(e.why()).isEqualTo(ApprovalException.Why.UNKNOWN);
      return false;
    }
  }

  private boolean deny(HeldCommand held) {
    try {
      approvals.deny(held.id(), held.digest(), ERIN, "");
      return true;
    } catch (ApprovalException e) {
      assertThat(e.why()).isEqualTo(ApprovalException.Why.UNKNOWN);
      return false;
    }
  }

  private boolean withdraw(HeldCommand held) {
    approvals.withdraw(held.id());
    return true;
  }

  private HeldCommand hold(int quorum, List<Outcome> outcomes) {
    Session session =
        new Session(
            "s",
            ALICE,
            new Connection("shop", "test", null, Map.of()),
            new Client("127.0.0.1", "test", true),
            Instant.EPOCH,
            Instant.MAX);
    Command command = new Unclassified("test", "something");
    return approvals.hold(
        session,
        command,
        new CommandDigests(session).of(command),
        new Decision.Hold(
            List.of(new Decision.Reason("test", "A test.")),
            "r1",
            List.of("group:approvers"),
            quorum,
            Duration.ofHours(1),
            Limits.NONE),
        outcomes::add);
  }

  private static Principal approver(String subject) {
    return new Principal(
        subject, "https://id", Principal.Kind.PERSON, List.of("approvers"), Map.of(), List.of());
  }
}
