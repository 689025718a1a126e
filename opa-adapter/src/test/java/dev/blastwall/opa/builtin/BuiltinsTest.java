package dev.blastwall.opa.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BuiltinsTest {
  /** The compiler of Rego replaces them before there is a plan. */
  private static final Set<String> COMPILED_AWAY =
      Set.of("assign", "eq", "print", "rego.metadata.chain", "rego.metadata.rule");

  /** OPA's own signatures by name. */
  private static Map<String, ObjectValue> declarations() throws IOException {
    try (var in =
        Objects.requireNonNull(
            Builtins.class.getResourceAsStream("/dev/blastwall/opa/embedded/declarations.json"))) {
      Map<String, ObjectValue> byName = new TreeMap<>();
      for (Value declaration : ((ArrayValue) Json.read(in.readAllBytes())).asList()) {
        ObjectValue object = (ObjectValue) declaration;
        byName.put(((StringValue) Objects.requireNonNull(object.get("name"))).text(), object);
      }
      return byName;
    }
  }

  @Test
  void everyBuiltinOfOpaIsOfferedOrRefusedWithAReason() throws IOException {
    // Given
    Set<String> known = new TreeSet<>(Builtins.offered().keySet());
    known.addAll(Builtins.refused().keySet());
    known.addAll(COMPILED_AWAY);

    // Then
    assertThat(known).isEqualTo(declarations().keySet());
    assertThat(Builtins.offered().keySet())
        .doesNotContainAnyElementsOf(Builtins.refused().keySet());
    assertThat(Builtins.whyRefused("http.send")).contains("network");
  }

  @Test
  void whatOpaCallsNondeterministicIsMarked() throws IOException {
    // Given
    Set<String> marked =
        declarations().entrySet().stream()
            .filter(entry -> entry.getValue().get("nondeterministic") == BooleanValue.TRUE)
            .map(Map.Entry::getKey)
            .filter(Builtins.offered()::containsKey)
            .collect(Collectors.toCollection(TreeSet::new));

    // They may fetch in OPA, and never do here.
    marked.remove("json.match_schema");
    marked.remove("json.verify_schema");
    // What a certificate is worth changes with the time, which OPA overlooks.
    marked.add("crypto.x509.parse_and_verify_certificates");
    marked.add("crypto.x509.parse_and_verify_certificates_with_options");

    // Then
    assertThat(Builtins.nondeterministic()).isEqualTo(marked).contains("time.now_ns", "rand.intn");
  }

  @Test
  void everyBuiltinTakesAsManyArgumentsAsOpaDeclares() throws IOException {
    declarations()
        .forEach((name, declaration) -> {
          Builtin builtin = Builtins.offered().get(name);
          if (builtin != null) {
            assertThat(builtin.arity()).as(name).isEqualTo(arity(declaration));
          }
        });
  }

  private static int arity(ObjectValue declaration) {
    ObjectValue function = (ObjectValue) Objects.requireNonNull(declaration.get("decl"));
    return function.get("args") instanceof ArrayValue arguments ? arguments.size() : 0;
  }

  @Test
  void whatIsDrawnAtRandomStaysTheSameInADecision() {
    // Given
    Calls decision = new Calls();

    // When
    Value uuid = decision.call("uuid.rfc4122", "\"key\"");
    Value number = decision.call("rand.intn", "\"key\"", "1000000000000");

    // Then
    assertThat(decision.call("uuid.rfc4122", "\"key\"")).isEqualTo(uuid);
    assertThat(decision.call("uuid.rfc4122", "\"other\"")).isNotEqualTo(uuid);
    assertThat(new Calls().call("uuid.rfc4122", "\"key\"")).isNotEqualTo(uuid);
    assertThat(decision.call("rand.intn", "\"key\"", "1000000000000")).isEqualTo(number);
  }

  @Test
  void aPolicySeesNothingOfTheProcess() {
    assertThat(new Calls().call("opa.runtime")).isEqualTo(new ObjectValue(0));
  }
}
