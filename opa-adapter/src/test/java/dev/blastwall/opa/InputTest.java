package dev.blastwall.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InputTest {

  private sealed interface Step {}

  private enum Access {
    READ,
    WRITE_ALL
  }

  private record Table(String name, Access access, boolean hasWhere) implements Step {}

  private record Limit(@Nullable Long rows, double share, Optional<String> nowNS) implements Step {}

  private record Question(int version, List<Step> steps, Map<Access, Object> labels) {}

  private record Failing(String fine, Object other) {
    @Override
    public Object other() {
      throw new IllegalStateException("read");
    }
  }

  @Test
  void aTreeOfRecordsIsTheJsonThatItsNamesSay() throws IOException {
    // Given
    Question question =
        new Question(
            1,
            List.of(
                new Table("orders", Access.WRITE_ALL, true),
                new Limit(null, 0.5, Optional.of("x")),
                new Limit(7L, -2, Optional.empty())),
            Map.of(Access.READ, new String[] {"pii"}));

    // When
    Value input = Input.of(question);

    // Then
    assertThat(input)
        .isEqualTo(
            Json.read(
                """
                {"version": 1,
                 "steps": [{"name": "orders", "access": "write_all", "has_where": true},
                           {"rows": null, "share": 0.5, "now_ns": "x"},
                           {"rows": 7, "share": -2, "now_ns": null}],
                 "labels": {"read": ["pii"]}}\
                """));
  }

  @Test
  void numbersAreExact() {
    assertThat(Input.of(Arrays.asList((byte) 1, (short) 2, 3, 4L, 0.1, 0.5f)))
        .hasToString("[1,2,3,4,0.1,0.5]");
    assertThat(Input.of(List.of(BigInteger.TWO.pow(70), new BigDecimal("1.10"))))
        .hasToString("[1180591620717411303424,1.10]");
  }

  @Test
  void onlyWhatIsReadIsConverted() {
    // Given
    ObjectValue input = (ObjectValue) Input.of(new Failing("fine", 1));

    // Then
    assertThat(input.get("fine")).isEqualTo(Value.of("fine"));
    assertThatThrownBy(() -> input.get("other")).hasMessage("read");
  }

  @Test
  void aPartIsConvertedOnce() {
    ObjectValue input = (ObjectValue) Input.of(new Question(1, List.of(), Map.of()));

    assertThat(input.get("steps")).isSameAs(input.get("steps"));
  }

  @Test
  void whatHasNoPlaceInJsonIsRefused() {
    for (Object object :
        List.of(
            Instant.EPOCH,
            Double.NaN,
            new Object(),
            Map.of(1, 2),
            Map.of("read", 1, Access.READ, 2))) {
      assertThatThrownBy(() -> Input.of(object)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
