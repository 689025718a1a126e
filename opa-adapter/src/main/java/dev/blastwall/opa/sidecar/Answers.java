package dev.blastwall.opa.sidecar;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the answers of OPA's Data API mean. */
final class Answers {
  private static final int OK = 200;

  private Answers() {}

  /**
   * The evaluation that an answer is.
   *
   * @throws IOException when it is none that OPA would give
   */
  static Evaluation read(OpaClient.Answer answer) throws IOException {
    if (!(Json.read(answer.body()) instanceof ObjectValue body)) {
      throw new IOException("the answer is no JSON object");
    }
    if (answer.status() != OK) {
      return failed(answer.status(), body);
    }
    Value result = body.get("result");
    return result == null
        ? Evaluation.Undefined.UNDEFINED
        : new Evaluation.Defined(result, revision(body));
  }

  /** Of one bundle, or of several with their names; null where OPA has no bundle. */
  private static @Nullable String revision(ObjectValue body) {
    if (!(body.get("provenance") instanceof ObjectValue provenance)
        || !(provenance.get("bundles") instanceof ObjectValue bundles)
        || bundles.size() == 0) {
      return null;
    }
    TreeMap<String, String> revisions = new TreeMap<>();
    for (int i = 0; i < bundles.size(); i++) {
      Value revision =
          bundles.valueAt(i) instanceof ObjectValue bundle ? bundle.get("revision") : null;
      revisions.put(text(bundles.keyAt(i)), text(revision));
    }
    return revisions.size() == 1
        ? revisions.firstEntry().getValue()
        : revisions.entrySet().stream()
            .map(bundle -> bundle.getKey() + "=" + bundle.getValue())
            .collect(Collectors.joining(","));
  }

  /** The error inside ({@code v1/server/types}: {@code ErrorV1}) says more than the one around. */
  private static Evaluation failed(int status, ObjectValue body) throws IOException {
    ObjectValue error =
        body.get("errors") instanceof ArrayValue errors
                && !errors.asList().isEmpty()
                && errors.asList().getFirst() instanceof ObjectValue first
            ? first
            : body;
    String code = text(error.get("code"));
    if (code.isEmpty()) {
      throw new IOException("the answer has the status " + status);
    }
    return new Evaluation.Failed(exception(status, code, text(error.get("message"))));
  }

  private static PolicyException exception(int status, String code, String message) {
    return switch (code) {
      case "eval_conflict_error" -> new PolicyException.Conflict(message);
      case "eval_type_error" -> PolicyException.BuiltinError.operand(message);
      case "eval_builtin_error" -> PolicyException.BuiltinError.failed(message);
      case "eval_cancel_error" -> new PolicyException.Cancelled();
      default ->
          new PolicyException.EngineFault(
              "OPA failed: " + code + ": " + message, new IOException("HTTP status " + status));
    };
  }

  private static String text(@Nullable Value value) {
    return value instanceof StringValue string ? string.text() : "";
  }
}
