package dev.blastwall.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.Limits;
import dev.blastwall.command.Unclassified;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.Policy;
import dev.blastwall.policy.Question;
import dev.blastwall.policy.SessionPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeteredPolicyTest {

  private static final Question COMMAND =
      new Question.Judge(0, new Unclassified("test", "x"), new CommandDigest("00"));
  private static final Question RESULT =
      new Question.Describe(1, new Unclassified("test", "x"), new CommandDigest("00"), List.of());
  private static final List<Decision.Reason> WHY = List.of(new Decision.Reason("code", "message"));
  private static final Decision FORWARD =
      new Decision.Forward(WHY, "r1", MaskPlan.NONE, false, Limits.NONE);
  private static final Decision HOLD =
      new Decision.Hold(WHY, "r1", List.of("group:x"), 1, Duration.ofMinutes(1), Limits.NONE);
  private static final Decision REFUSE = new Decision.Refuse(WHY, "r1", false);
  private static final Decision FAILED = new Decision.Refuse(WHY, "r1", true);

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final List<Decision> heard = new ArrayList<>();
  private Decision next = FORWARD;
  private final Policy decides = session -> (decisionId, question, then) -> then.accept(next);
  private final SessionPolicy policy =
      new MeteredPolicy(decides, "next", registry, Set.of("shop", "other")).of(Sessions.on("shop"));

  @Test
  void eachDecisionIsCountedByConnectionPointAndOutcomeAndPassedOn() {
    decide(new Question.Connect(), FORWARD);
    decide(COMMAND, FORWARD);
    decide(COMMAND, FORWARD);
    decide(COMMAND, HOLD);
    decide(COMMAND, REFUSE);
    decide(RESULT, FAILED);

    assertThat(heard).containsExactly(FORWARD, FORWARD, FORWARD, HOLD, REFUSE, FAILED);
    assertThat(count("shop", "connect", "forward")).isEqualTo(1);
    assertThat(count("shop", "command", "forward")).isEqualTo(2);
    assertThat(count("shop", "command", "hold")).isEqualTo(1);
    assertThat(count("shop", "command", "refuse")).isEqualTo(1);
    assertThat(count("shop", "command", "error")).isZero();
    assertThat(count("shop", "result", "error")).isEqualTo(1);
    assertThat(count("shop", "result", "refuse")).isZero();
    assertThat(count("other", "command", "forward")).isZero();
  }

  @Test
  void theTimeOfEachDecisionIsKeptByPoint() {
    decide(COMMAND, FORWARD);
    decide(COMMAND, REFUSE);

    assertThat(registry.get("blastwall.decision.time").tag("point", "command").timer().count())
        .isEqualTo(2);
    assertThat(registry.get("blastwall.decision.time").tag("point", "result").timer().count())
        .isZero();
  }

  private void decide(Question question, Decision decision) {
    next = decision;
    policy.decide("id", question, heard::add);
  }

  private double count(String connection, String point, String outcome) {
    return registry
        .get("blastwall.decisions")
        .tags("connection", connection, "set", "next", "point", point, "outcome", outcome)
        .counter()
        .count();
  }
}
