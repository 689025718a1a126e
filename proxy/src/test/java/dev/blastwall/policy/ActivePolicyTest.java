package dev.blastwall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivePolicyTest {

  private static final ActivePolicy POLICY =
      new ActivePolicy(
          (entrypoint, input, then) -> then.accept(Evaluation.Undefined.UNDEFINED),
          "r1",
          Map.of("main", "r1"),
          new DecisionReader(MaskingKey.random()));

  @Test
  void aDecisionIsByTheBundleThatTheEngineNames() throws IOException {
    assertThat(POLICY.decision(new Evaluation.Defined(forward(), "r2")).revision()).isEqualTo("r2");
    assertThat(POLICY.decision(new Evaluation.Defined(forward())).revision()).isEqualTo("r1");
  }

  @Test
  void noAnswerIsARefusalThatSaysWhy() {
    Decision decision =
        POLICY.decision(new Evaluation.Failed(new PolicyException.TimedOut("no answer")));

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refuse -> {
              assertThat(refuse.failed()).isTrue();
              assertThat(refuse.explanation()).contains("no answer");
            });
  }

  private static Value forward() throws IOException {
    return Json.read(
        """
        {"outcome": "forward", "reasons": [{"code": "c", "message": "m"}], "masks": [],
         "limits": {}, "log": {}, "record": "buffered"}
        """);
  }
}
