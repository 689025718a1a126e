package dev.blastwall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.Audience;
import dev.blastwall.command.Client;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Limits;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Session;
import dev.blastwall.masking.MaskPlan;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class StagedPolicyTest {

  private static final Question QUESTION = new Question.Connect();

  private final Queue<Runnable> aside = new ArrayDeque<>();
  private final List<ShadowListener.Result> results = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private int room = Integer.MAX_VALUE;
  private Decision byMain = forward("main");
  private Decision byTrial = forward("trial");

  @Test
  void theFirstStageThatIncludesASessionDecidesAboutIt() {
    assertThat(decide(policy().of(session("alice", "shop"))).revision()).isEqualTo("main");
    assertThat(decide(policy().of(session("tester", "shop"))).revision()).isEqualTo("next");
  }

  @Test
  void whereNoShadowIsNamedNothingMoreIsAsked() {
    enforce(policy().of(session("alice", "shop")));

    assertThat(aside).isEmpty();
    assertThat(results).isEmpty();
  }

  @Test
  void aShadowIsAskedAsideAndOnlyAfterTheDecisionWasEnforced() {
    SessionPolicy policy = policy().of(session("alice", "shadowed"));

    assertThat(decide(policy).revision()).isEqualTo("main");
    assertThat(aside).isEmpty();
    policy.enforced("d", QUESTION, byMain, differences::add);

    assertThat(asked).containsExactly("main");
    runAside();
    assertThat(asked).containsExactly("main", "trial");
  }

  @Test
  void whatNobodyWouldNoticeIsNoDifference() {
    byTrial = forward("other words");

    enforceShadowed();

    assertThat(results).containsExactly(ShadowListener.Result.SAME);
    assertThat(differences).isEmpty();
  }

  @Test
  void anotherOutcomeIsADifferenceThatNamesBoth() {
    byTrial = refuse("no", false);

    enforceShadowed();

    assertThat(results).containsExactly(ShadowListener.Result.DIFFERENT);
    assertThat(differences).containsExactly(new Difference("d", "trial", byMain, byTrial));
  }

  @Test
  void aShadowThatCannotDecideIsADifferenceOfItsOwn() {
    byTrial = refuse("policy_error", true);

    enforceShadowed();

    assertThat(results).containsExactly(ShadowListener.Result.ERROR);
    assertThat(differences).containsExactly(new Difference("d", "trial", byMain, byTrial));
  }

  @Test
  void aShadowThatFailsIsOneThatCannotDecide() {
    StagedPolicy policy =
        staged(session -> {
          throw new IllegalStateException("no bundle is active");
        });

    enforce(policy.of(session("alice", "shadowed")));
    runAside();

    assertThat(results).containsExactly(ShadowListener.Result.ERROR);
    assertThat(differences.getFirst().other().explanation()).contains("no bundle is active");
  }

  @Test
  void aShadowThatIsBehindIsNotAskedMore() {
    room = 1;
    SessionPolicy policy = policy().of(session("alice", "shadowed"));

    enforce(policy);
    enforce(policy);
    runAside();

    assertThat(results).containsExactly(ShadowListener.Result.SKIPPED, ShadowListener.Result.SAME);
  }

  @Test
  void nobodyIsShadowedByWhatDecidesAboutThem() {
    enforce(policy().of(session("tester", "own")));

    assertThat(aside).isEmpty();
    enforce(policy().of(session("alice", "own")));
    assertThat(aside).hasSize(1);
  }

  @Test
  void aListenerThatFailsHarmsNobody() {
    byTrial = refuse("no", false);
    SessionPolicy policy = policy().of(session("alice", "shadowed"));

    policy.enforced(
        "d",
        QUESTION,
        byMain,
        difference -> {
          throw new RejectedExecutionException("the session's event loop is gone");
        });
    runAside();

    assertThat(results).containsExactly(ShadowListener.Result.DIFFERENT);
  }

  private void enforceShadowed() {
    enforce(policy().of(session("alice", "shadowed")));
    runAside();
  }

  private void enforce(SessionPolicy policy) {
    policy.enforced("d", QUESTION, byMain, differences::add);
  }

  private void runAside() {
    for (Runnable task = aside.poll(); task != null; task = aside.poll()) {
      task.run();
    }
  }

  private static Decision decide(SessionPolicy policy) {
    List<Decision> decisions = new ArrayList<>();
    policy.decide("d", QUESTION, decisions::add);
    return decisions.getFirst();
  }

  private StagedPolicy policy() {
    return staged(session ->
        (id, question, then) -> {
          asked.add("trial");
          then.accept(byTrial);
        });
  }

  private StagedPolicy staged(Policy trial) {
    Policy next = session -> (id, question, then) -> then.accept(forward("next"));
    Policy main =
        session ->
            (id, question, then) -> {
              asked.add("main");
              then.accept(byMain);
            };
    return new StagedPolicy(
        List.of(
            new StagedPolicy.Stage("next", new Audience(0, Set.of("tester"), Set.of()), next),
            new StagedPolicy.Stage("main", Audience.EVERYBODY, main)),
        Map.of("shadowed", shadow("trial", trial), "own", shadow("next", next)));
  }

  private Shadow shadow(String set, Policy policy) {
    return new Shadow(set, policy, this::leave, (question, result) -> results.add(result));
  }

  private void leave(Runnable task) {
    if (aside.size() >= room) {
      throw new RejectedExecutionException("full");
    }
    aside.add(task);
  }

  private static Decision forward(String revision) {
    return new Decision.Forward(
        List.of(new Decision.Reason(revision, revision)),
        revision,
        MaskPlan.NONE,
        false,
        Limits.NONE);
  }

  private static Decision refuse(String code, boolean failed) {
    return new Decision.Refuse(List.of(new Decision.Reason(code, code)), "trial", failed);
  }

  private static Session session(String subject, String connection) {
    return new Session(
        "s1",
        new Principal(
            subject,
            "https://issuer.example",
            Principal.Kind.PERSON,
            List.of(),
            Map.of(),
            List.of()),
        new Connection(connection, "postgresql", "shop", Map.of()),
        new Client("127.0.0.1", "psql", true),
        Instant.EPOCH,
        Instant.MAX);
  }
}
