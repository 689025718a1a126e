package dev.blastwall.opa.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.OpaAnswers.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real OPA and this engine hold the same documents against the same schemas. */
class JsonSchemasIT {
  private static final int PAIRS = 3_000;

  /** Each with at most one, as OPA leaves it to chance which of several it tells. */
  private static final List<String> DEFECTS =
      List.of(
          "{}",
          "[]",
          "5",
          "null",
          "\"5\"",
          "\"true\"",
          "\"{\"",
          "\"[]\"",
          "\"{} {}\"",
          "{\"$schema\":5}",
          "{\"$schema\":\"http://json-schema.org/draft-04/schema\",\"items\":true}",
          "{\"id\":5}",
          "{\"$id\":5}",
          "{\"title\":5}",
          "{\"description\":[]}",
          "{\"definitions\":[]}",
          "{\"definitions\":{\"a\":5}}",
          "{\"definitions\":{\"a\":{\"type\":\"x\"}}}",
          "{\"$ref\":5}",
          "{\"$ref\":\"#/a\"}",
          "{\"$ref\":\"#/a/0\",\"a\":[5]}",
          "{\"$ref\":\"#/a/1\",\"a\":[{}]}",
          "{\"$ref\":\"#/a/x\",\"a\":[{}]}",
          "{\"$ref\":\"#/a/x\",\"a\":5}",
          "{\"$ref\":\"#a\"}",
          "{\"$ref\":\"#/a~1b/%25\",\"a/b\":{\"%\":{}}}",
          "{\"$ref\":\"x.json\"}",
          "{\"$id\":\"http://h/a\",\"items\":{\"$ref\":\"#/definitions/d\"},\"definitions\":{\"d\":{}}}",
          "{\"$id\":\"http://h/a\",\"items\":{\"$ref\":\"b\"},\"definitions\":{\"d\":{\"$id\":\"b\"}}}",
          "{\"items\":{\"$ref\":\"#n\"},\"definitions\":{\"d\":{\"$id\":\"#n\"}}}",
          "{\"items\":{\"$id\":\"http://h/a\"},\"definitions\":{\"d\":{\"$id\":\"http://h/a\"}}}",
          "{\"type\":5}",
          "{\"type\":[5]}",
          "{\"type\":\"x\"}",
          "{\"type\":[\"null\",\"null\"]}",
          "{\"properties\":5}",
          "{\"properties\":{\"a\":5}}",
          "{\"additionalProperties\":5}",
          "{\"patternProperties\":5}",
          "{\"patternProperties\":{\"(\":{}}}",
          "{\"propertyNames\":5}",
          "{\"dependencies\":5}",
          "{\"dependencies\":{\"a\":5}}",
          "{\"dependencies\":{\"a\":[5]}}",
          "{\"items\":5}",
          "{\"items\":[5]}",
          "{\"additionalItems\":5}",
          "{\"contains\":5}",
          "{\"multipleOf\":\"a\"}",
          "{\"multipleOf\":0}",
          "{\"minimum\":\"a\"}",
          "{\"maximum\":\"a\"}",
          "{\"exclusiveMinimum\":\"a\"}",
          "{\"exclusiveMinimum\":true}",
          "{\"exclusiveMaximum\":false}",
          "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"exclusiveMinimum\":1}",
          "{\"$schema\":\"http://json-schema.org/draft-06/schema#\",\"exclusiveMaximum\":true}",
          "{\"minLength\":-1}",
          "{\"minLength\":1.5}",
          "{\"maxLength\":1.0}",
          "{\"minLength\":2,\"maxLength\":1}",
          "{\"minProperties\":1e1}",
          "{\"minProperties\":2,\"maxProperties\":1}",
          "{\"maxProperties\":\"a\"}",
          "{\"minItems\":-1}",
          "{\"maxItems\":null}",
          "{\"uniqueItems\":1}",
          "{\"pattern\":\"(\"}",
          "{\"pattern\":5}",
          "{\"pattern\":\"(?!a)\"}",
          "{\"format\":5}",
          "{\"required\":5}",
          "{\"required\":[5]}",
          "{\"required\":[\"a\",\"a\"]}",
          "{\"enum\":5}",
          "{\"enum\":[1,1.0]}",
          "{\"oneOf\":5}",
          "{\"anyOf\":[5]}",
          "{\"allOf\":{}}",
          "{\"not\":5}",
          "{\"if\":5}",
          "{\"then\":5}",
          "{\"else\":[]}",
          "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"const\":1,\"if\":5,\"contains\":5}");

  private static final long SEED = 20_261_121L;

  @Test
  void documentsAreJudgedAsByOpa(@TempDir Path folder) throws Exception {
    // Given
    RandomSchemas random = new RandomSchemas(SEED);
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      calls.add(
          new Call("json.match_schema", Value.of(Json.write(random.document())), random.schema()));
    }

    // When
    List<@Nullable Value> theirs = OpaAnswers.to(folder, calls);

    // Then
    TreeMap<String, String> differences = new TreeMap<>();
    for (int i = 0; i < PAIRS; i++) {
      Object ours = unordered(calls.get(i).answer());
      if (!ours.equals(unordered(theirs.get(i)))) {
        differences.put(calls.get(i).arguments().toString(), ours + " instead of " + theirs.get(i));
      }
    }
    assertThat(differences).isEmpty();
    assertThat(theirs).filteredOn(answer -> answer != null).hasSizeGreaterThan(PAIRS / 2);
  }

  @Test
  void aSchemaIsRefusedInOpasWords(@TempDir Path folder) throws Exception {
    // Given
    List<Call> calls =
        DEFECTS.stream().map(schema -> new Call("json.verify_schema", Calls.json(schema))).toList();

    // When
    List<@Nullable Value> theirs = OpaAnswers.to(folder, calls);

    // Then
    for (int i = 0; i < calls.size(); i++) {
      assertThat(calls.get(i).answer()).as(DEFECTS.get(i)).isEqualTo(theirs.get(i));
    }
  }

  /** OPA leaves it to chance in which order the members of an object are judged. */
  private static Object unordered(@Nullable Value answer) {
    return answer instanceof ArrayValue pair && pair.get(1) instanceof ArrayValue violations
        ? List.of(pair.get(0), SetValue.of(violations.asList()), violations.size())
        : String.valueOf(answer);
  }
}
