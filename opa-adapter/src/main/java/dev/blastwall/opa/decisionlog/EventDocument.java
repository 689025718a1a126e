package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Events in OPA's format ({@code EventV1} in {@code v1/plugins/logs/plugin.go}). */
final class EventDocument {
  static final String INPUT = "input";
  static final String RESULT = "result";
  static final String ND_BUILTIN_CACHE = "nd_builtin_cache";

  /** The members that a mask may change: those that say what a decision was about. */
  static final List<String> CONTENT = List.of(INPUT, RESULT, ND_BUILTIN_CACHE);

  private static final int MEMBERS = 16;

  private EventDocument() {}

  static ObjectValue of(DecisionEvent event, ObjectValue labels) {
    ObjectValue document =
        new ObjectValue(MEMBERS)
            .put("labels", labels)
            .put("decision_id", event.decisionId())
            .put("path", event.path())
            .put(INPUT, json(event.input()))
            .put("timestamp", event.timestamp().toString());
    if (!event.revisions().isEmpty()) {
      document.put("bundles", bundles(event.revisions()));
    }
    if (!event.requestedBy().isEmpty()) {
      document.put("requested_by", event.requestedBy());
    }
    if (!event.metrics().isEmpty()) {
      document.put("metrics", metrics(event.metrics()));
    }
    event.ndBuiltinCache().ifPresent(cache -> document.put(ND_BUILTIN_CACHE, json(cache)));
    result(event.result(), document);
    return document;
  }

  /** An event that was written by this log. */
  static ObjectValue read(byte[] line) throws IOException {
    return (ObjectValue) Json.read(line);
  }

  private static void result(Evaluation result, ObjectValue document) {
    switch (result) {
      case Evaluation.Defined defined -> document.put(RESULT, json(defined.value()));
      case Evaluation.Undefined undefined -> {
        // As in OPA, an undefined decision is one without a result.
      }
      case Evaluation.Failed failed -> document.put("error", error(failed.cause()));
    }
  }

  private static Value error(PolicyException cause) {
    return new ObjectValue(2).put("code", cause.code()).put("message", cause.getMessage());
  }

  private static Value bundles(Map<String, String> revisions) {
    ObjectValue bundles = new ObjectValue(revisions.size());
    revisions.forEach((name, revision) -> {
      ObjectValue bundle = new ObjectValue(1);
      bundles.put(name, revision.isEmpty() ? bundle : bundle.put("revision", revision));
    });
    return bundles;
  }

  private static Value metrics(Map<String, Long> counted) {
    ObjectValue metrics = new ObjectValue(counted.size());
    counted.forEach((name, value) -> metrics.put(name, value));
    return metrics;
  }

  /** The value as JSON has it: sets are arrays, and the keys of objects are strings. */
  private static Value json(Value value) {
    return switch (value) {
      case NullValue ignored -> value;
      case BooleanValue ignored -> value;
      case NumberValue ignored -> value;
      case StringValue ignored -> value;
      case ObjectValue object -> members(object);
      case ArrayValue array -> elements(array);
      case SetValue set -> elements(set);
    };
  }

  private static Value members(ObjectValue object) {
    ObjectValue members = new ObjectValue(object.size());
    for (int i = 0; i < object.size(); i++) {
      Value key = object.keyAt(i);
      members.put(
          key instanceof StringValue ? key : Value.of(Json.write(key)), json(object.valueAt(i)));
    }
    return members;
  }

  private static Value elements(CollectionValue collection) {
    ArrayValue elements = new ArrayValue(collection.size());
    for (int i = 0; i < collection.size(); i++) {
      elements.add(json(collection.sortedValueAt(i)));
    }
    return elements;
  }
}
