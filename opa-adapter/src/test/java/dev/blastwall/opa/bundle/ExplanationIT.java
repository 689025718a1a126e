package dev.blastwall.opa.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.Explanation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far rules came, in plans that the real tool makes. */
class ExplanationIT {
  private static final String POLICY =
      """
      package shop

      decision := {"refuse": refuse, "grade": grade(object.get(input, "n", 0))}

      refuse contains {
      	"code": "payments",
      	"table": table.name,
      } if {
      	input.point == "command"
      	some table in input.tables
      	table.name == "payments"
      	not friend
      	count([c | some c in input.columns; c.secret]) > 0; input.late
      }

      refuse contains "reads" if {
      	input.point == "command"
      	every table in input.tables {
      		table.name != "x"
      		table.access == "read"
      	}
      	closed with input.hour as 3
      }

      refuse contains "result" if input.point == "result"

      refuse contains code(input.point) if {
      	input.point == "command"
      	input.coded
      }

      friend if {
      	input.user == "bob"
      	input.vip
      }

      closed if {
      	input.hour < 6
      	input.night
      }

      code("log") := "log"

      grade(n) := "a" if {
      	n > 10
      	n < 20
      } else := "b" if {
      	n > 5
      } else := "c"
      """;

  @TempDir Path folder;
  private EmbeddedEngine engine;

  @BeforeEach
  void build() throws Exception {
    byte[] archive = new Opa(folder.resolve("shop")).source("shop.rego", POLICY).buildPlan();
    engine = EmbeddedEngine.load(BundleReader.read(new ByteArrayInputStream(archive)));
  }

  private Explanation explain(String input) throws Exception {
    return engine.explain("shop/decision", Json.read(input));
  }

  private static Explanation.Miss miss(String name, int row, int stoppedAt, int met, int of) {
    Explanation.Rule rule = new Explanation.Rule("data.shop." + name, "shop.rego", row);
    return new Explanation.Miss(rule, stoppedAt, met, of);
  }

  @Test
  void rulesThatDidNotHoldSayWhereTheyStoppedAndTheClosestComesFirst() throws Exception {
    // When
    Explanation explanation =
        explain(
            """
            {"point": "command", "user": "bob", "columns": [{"secret": true}],
             "tables": [{"name": "payments", "access": "read"}, {"name": "x", "access": "read"}]}
            """);

    // Then
    assertThat(explanation.misses())
        .containsExactly(
            miss("refuse", 5, 13, 5, 6),
            miss("refuse", 27, 29, 1, 2),
            miss("friend", 32, 34, 1, 2),
            miss("refuse", 16, 18, 1, 3),
            miss("refuse", 25, 25, 0, 1),
            miss("grade", 44, 45, 0, 2),
            miss("grade", 47, 48, 0, 1));
  }

  @Test
  void aConditionInAnIterationIsMetIfItIsMetForOneElement() throws Exception {
    assertThat(explain("{\"point\": \"command\", \"tables\": [{\"name\": \"a\"}]}").misses())
        .contains(miss("refuse", 5, 11, 2, 6));
    assertThat(
            explain("{\"point\": \"command\", \"tables\": [{\"name\": \"payments\"}, {}]}")
                .misses())
        .contains(miss("refuse", 5, 13, 4, 6));
    assertThat(explain("{\"point\": \"command\", \"tables\": []}").misses())
        .contains(miss("refuse", 5, 10, 1, 6));
  }

  @Test
  void aNegatedRuleThatHoldsStopsTheOneThatAsks() throws Exception {
    // When
    Explanation explanation =
        explain(
            """
            {"point": "command", "user": "bob", "vip": true, "tables": [{"name": "payments"}]}
            """);

    // Then
    assertThat(explanation.misses()).contains(miss("refuse", 5, 12, 3, 6));
    assertThat(explanation.rules()).extracting(Explanation.Rule::path).contains("data.shop.friend");
  }

  @Test
  void whatIsReplacedForAConditionCountsForTheRulesThatItAsks() throws Exception {
    assertThat(explain("{\"point\": \"command\", \"tables\": [], \"hour\": 9}").misses())
        .contains(miss("refuse", 16, 22, 2, 3), miss("closed", 37, 39, 1, 2));
  }

  @Test
  void anElseIsOnlyTriedWhenNothingBeforeItHeld() throws Exception {
    assertThat(explain("{\"n\": 15}").misses())
        .extracting(Explanation.Miss::rule)
        .extracting(Explanation.Rule::path)
        .doesNotContain("data.shop.grade");
    assertThat(explain("{\"n\": 25}").misses())
        .filteredOn(miss -> miss.rule().path().equals("data.shop.grade"))
        .isEqualTo(List.of(miss("grade", 44, 46, 1, 2)));
  }

  @Test
  void aRuleWhoseConditionsAreMetStopsAtItsHeadWhenItsValueIsUndefined() throws Exception {
    assertThat(explain("{\"point\": \"command\", \"coded\": true}").misses())
        .startsWith(miss("refuse", 27, 27, 2, 2));
  }

  @Test
  void whatAnOptimizerMadeNamesNoRow() throws Exception {
    // Given
    byte[] archive =
        new Opa(folder.resolve("optimized")).source("shop.rego", POLICY).buildPlan("-O", "1");
    EmbeddedEngine optimized =
        EmbeddedEngine.load(BundleReader.read(new ByteArrayInputStream(archive)));

    // Then
    assertThat(optimized.explain("shop/decision", Json.read("{\"n\": 7}")).misses())
        .allMatch(miss -> miss.rule().row() > 0 && miss.stoppedAt() >= miss.rule().row());
  }
}
