package dev.blastwall.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.command.Limits;
import dev.blastwall.masking.Detector;
import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionReaderTest {

  private static final String FORWARD =
      """
      {"outcome": "forward", "reasons": [{"code": "ok", "message": "Fine."}], "masks": [],
       "limits": {}, "record": "buffered", "log": {}}
      """;

  private static final String HOLD =
      """
      {"outcome": "hold", "reasons": [{"code": "ask", "message": "Ask."}], "masks": [],
       "hold": {"approvers": ["group:approvers"], "quorum": 2, "timeout": "1h30m"},
       "limits": {}, "record": "required", "log": {}}
      """;

  @Test
  void forwardsWithWhatIsToBeMasked() throws Exception {
    Decision decision =
        read(
            FORWARD.replace(
                "\"masks\": []",
                """
                "masks": [{"column": 1, "method": "partial", "keep_first": 1, "keep_from": "@"},
                          {"detector": "jwt", "method": "redact"}]
                """));

    MaskPlan masks = ((Decision.Forward) decision).masks();
    assertThat(masks.column(0)).isNull();
    assertThat(masks.column(1)).isEqualTo(new Mask.Partial(1, 0, "@"));
    assertThat(masks.detectors())
        .singleElement()
        .satisfies(d -> assertThat(d.detector()).isEqualTo(Detector.JWT));
  }

  @Test
  void readsARequiredRecord() throws Exception {
    assertThat(((Decision.Forward) read(FORWARD)).recordFirst()).isFalse();
    assertThat(((Decision.Forward) read(FORWARD.replace("buffered", "required"))).recordFirst())
        .isTrue();
  }

  @Test
  void readsLimits() throws Exception {
    Decision decision =
        read(FORWARD.replace("\"limits\": {}", "\"limits\": {\"rows\": 5, \"duration\": \"2s\"}"));

    assertThat(((Decision.Forward) decision).limits())
        .isEqualTo(new Limits(5, Long.MAX_VALUE, Duration.ofSeconds(2)));
  }

  @Test
  void anApprovedCommandHasTheLimitsOfItsHold() throws Exception {
    Decision decision = read(HOLD.replace("\"limits\": {}", "\"limits\": {\"bytes\": 1000}"));

    assertThat(((Decision.Hold) decision).limits().bytes()).isEqualTo(1000);
  }

  @Test
  void readsTheTermsOfAHold() throws Exception {
    assertThat(read(HOLD))
        .isEqualTo(
            new Decision.Hold(
                List.of(new Decision.Reason("ask", "Ask.")),
                "r1",
                List.of("group:approvers"),
                2,
                Duration.ofMinutes(90),
                Limits.NONE));
  }

  @Test
  void aRefusalThatPolicySaidIsNotAFailure() throws Exception {
    Decision decision = read(FORWARD.replace("forward", "refuse"));

    assertThat(((Decision.Refuse) decision).failed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"forward\"=\"allow\"",
        "\"forward\"=true",
        "\"buffered\"=\"sometimes\"",
        "\"limits\": {}=\"limits\": []",
        "\"limits\": {}=\"limits\": {\"rows\": -1}",
        "\"limits\": {}=\"limits\": {\"rows\": \"1\"}",
        "\"limits\": {}=\"limits\": {\"duration\": \"0s\"}",
        "\"limits\": {}=\"limits\": {\"row\": 1}",
        "\"log\": {}=\"log\": []",
        "\"log\": {}=\"log\": {\"drop\": \"yes\"}",
        "\"log\": {}=\"log\": {\"hide\": []}",
        "\"log\": {}=\"log\": {\"mask\": [\"/command/text\"]}",
        "[{\"code\": \"ok\", \"message\": \"Fine.\"}]=[]",
        "\"masks\": []=\"masks\": {}",
        "\"masks\": []=\"masks\": [{\"column\": 0, \"method\": \"blur\"}]",
        "\"masks\": []=\"masks\": [{\"column\": -1, \"method\": \"redact\"}]",
        "\"masks\": []=\"masks\": [{\"column\": \"email\", \"method\": \"redact\"}]",
        "\"masks\": []=\"masks\": [{\"detector\": \"moods\", \"method\": \"redact\"}]",
        "\"masks\": []=\"masks\": [{\"method\": \"redact\"}]"
      })
  void whatIsNotUnderstoodIsNoDecision(String change) {
    String[] fromTo = change.split("=", 2);

    assertThatThrownBy(() -> read(FORWARD.replace(fromTo[0], fromTo[1])))
        .isInstanceOf(MalformedDecisionException.class)
        .hasMessageStartingWith("decision");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"quorum\": 2=\"quorum\": 0",
        "1h30m=soon",
        "1h30m=0s",
        "[\"group:approvers\"]=[]",
        "[\"group:approvers\"]=[1]"
      })
  void aHoldThatCannotEndIsNoDecision(String change) {
    String[] fromTo = change.split("=", 2);

    assertThatThrownBy(() -> read(HOLD.replace(fromTo[0], fromTo[1])))
        .isInstanceOf(MalformedDecisionException.class);
  }

  private static Decision read(String json) throws IOException, MalformedDecisionException {
    return new DecisionReader(MaskingKey.random()).read(Json.read(json), "r1");
  }
}
