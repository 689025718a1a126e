package dev.blastwall.opa.embedded;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.Explanation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.plan.PlanMessages;
import dev.blastwall.opa.plan.PlanReader;
import dev.blastwall.opa.plan.Policy;
import dev.blastwall.opa.protobuf.MessageReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One of OPA's own test cases, with the plan that {@code ci/conformance} made of it. */
record ConformanceCase(ObjectValue json, Policy policy) {
  static ConformanceCase read(Value json) throws BundleException {
    ObjectValue object = (ObjectValue) json;
    return new ConformanceCase(object, PlanReader.read(required(object, "plan")));
  }

  /** The plan again, from its protobuf form. */
  Policy policyFromMessage() throws BundleException, IOException {
    byte[] message = Base64.getDecoder().decode(text("plan_pb"));
    return PlanReader.read(new MessageReader(message, Integer.MAX_VALUE).read(PlanMessages.POLICY));
  }

  private static Value required(ObjectValue object, String key) {
    Value value = object.get(key);
    if (value == null) {
      throw new IllegalArgumentException("the case lacks " + key);
    }
    return value;
  }

  /** Notes are not unique. */
  String name() {
    return text("source") + ": " + text("note");
  }

  /** The folder that OPA keeps it in. */
  String category() {
    return text("source").split("/")[1];
  }

  private String text(String key) {
    return ((StringValue) required(json, key)).text();
  }

  private boolean flag(String key) {
    return json.get(key) == BooleanValue.TRUE;
  }

  /** What is wrong with the engine's answer; null if nothing. */
  @Nullable String run(int methodLimit) {
    ArrayValue wanted = (ArrayValue) json.get("want_result");
    boolean strict = flag("strict_error");
    if (wanted == null || !wantsError()) {
      return run(methodLimit, strict, wanted);
    }
    // OPA's tests can see both: a strict query goes on, and has its results beside the error that
    // it
    // returns. Its callers get the error. What it went on to is what it finds when it is not
    // strict.
    String wrongError = run(methodLimit, strict, null);
    return wrongError == null ? run(methodLimit, false, wanted) : wrongError;
  }

  private boolean wantsError() {
    return json.get("want_error") != null || json.get("want_error_code") != null;
  }

  /**
   * Runs it once.
   *
   * @param wanted null for an error
   */
  private @Nullable String run(int methodLimit, boolean strict, @Nullable ArrayValue wanted) {
    try {
      List<Value> got = evaluate(methodLimit, strict);
      if (wanted == null) {
        return "wanted an error, got " + got;
      }
      return compare(wanted, got);
    } catch (PolicyException e) {
      return wanted == null
          ? compare(e)
          : "wanted " + wanted + ", got " + e.code() + ": " + e.getMessage();
    } catch (BundleException | RuntimeException e) {
      return "the engine failed: " + e;
    }
  }

  private List<Value> evaluate(int methodLimit, boolean strict) throws BundleException {
    return engine(policy, methodLimit, strict)
        .query(policy.entrypoints().getFirst().name(), input());
  }

  private EmbeddedEngine engine(Policy of, int methodLimit, boolean strict) throws BundleException {
    EngineOptions options = new EngineOptions(strict, Duration.ofSeconds(30), 100_000_000);
    ObjectValue data = json.get("data") instanceof ObjectValue object ? object : new ObjectValue(0);
    return EmbeddedEngine.load(of, data, options, methodLimit);
  }

  /** What is found on the way to its answer. */
  Explanation explanation(Policy explained) throws BundleException {
    return engine(explained, Outliner.LIMIT, flag("strict_error"))
        .explain(
            policy.entrypoints().getFirst().name(),
            Objects.requireNonNullElse(input(), new ObjectValue(0)));
  }

  private @Nullable Value input() {
    Value term = json.get("input_ast");
    return term == null ? json.get("input") : fromTerm(term);
  }

  /** OPA's typed form of terms. */
  private static Value fromTerm(Value term) {
    ObjectValue typed = (ObjectValue) term;
    Value value = typed.get("value");
    return switch (((StringValue) required(typed, "type")).text()) {
      case "array" -> ArrayValue.of(terms(value));
      case "set" -> SetValue.of(terms(value));
      case "object" -> {
        ObjectValue object = new ObjectValue(0);
        for (Value pair : ((ArrayValue) required(typed, "value")).asList()) {
          object.put(fromTerm(((ArrayValue) pair).get(0)), fromTerm(((ArrayValue) pair).get(1)));
        }
        yield object;
      }
      case "null" -> dev.blastwall.opa.NullValue.NULL;
      default -> required(typed, "value");
    };
  }

  private static List<Value> terms(@Nullable Value list) {
    return list instanceof ArrayValue array
        ? array.asList().stream().map(ConformanceCase::fromTerm).toList()
        : List.of();
  }

  private @Nullable String compare(ArrayValue wanted, List<Value> got) {
    SetValue expected = SetValue.of(wanted.asList());
    SetValue actual = new SetValue(got.size());
    got.forEach(bindings -> actual.add(shown((ObjectValue) bindings)));
    return expected.equals(actual) ? null : "wanted " + expected + ", got " + actual;
  }

  private Value shown(ObjectValue bindings) {
    ObjectValue shown = new ObjectValue(bindings.size());
    for (int i = 0; i < bindings.size(); i++) {
      String name = ((StringValue) bindings.keyAt(i)).text();
      if (!flag("ignore_generated_vars") || !name.startsWith("__localq")) {
        shown.put(name, json(bindings.valueAt(i)));
      }
    }
    return shown;
  }

  private Value json(Value value) {
    try {
      Value plain = Json.read(Json.write(value));
      return flag("sort_bindings") && plain instanceof ArrayValue array ? sorted(array) : plain;
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Value sorted(CollectionValue array) {
    List<Value> elements = new ArrayList<>(((ArrayValue) array).asList());
    Collections.sort(elements);
    return ArrayValue.of(elements);
  }

  private @Nullable String compare(PolicyException error) {
    Value code = json.get("want_error_code");
    if (code != null && !((StringValue) code).text().equals(error.code())) {
      return "wanted " + code + ", got " + error.code() + ": " + error.getMessage();
    }
    Value text = json.get("want_error");
    String got = error.code() + ": " + error.getMessage();
    return text == null || got.contains(withoutLocation(((StringValue) text).text()))
        ? null
        : "wanted " + text + ", got " + got;
  }

  /** The engine does not say where in the Rego source it was. */
  private static String withoutLocation(String text) {
    return text.replaceFirst("^test-\\d+\\.rego:\\d+: ", "");
  }
}
