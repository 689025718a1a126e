package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.List;

/**
 * What a token's header says about how to verify it; an absent text is empty.
 *
 * @param valid whether it names an algorithm, and every parameter that it calls critical is known
 */
record TokenHeader(String algorithm, String keyId, String contentType, boolean valid) {
  private static final List<String> KNOWN = List.of("alg", "kid", "typ", "cty", "crit");

  static TokenHeader of(ObjectValue header) {
    text(header, "typ");
    String algorithm = text(header, "alg");
    return new TokenHeader(
        algorithm,
        text(header, "kid"),
        text(header, "cty"),
        !algorithm.isEmpty() && knowsWhatIsCritical(header));
  }

  private static String text(ObjectValue header, String name) {
    Value value = header.get(name);
    if (value == null) {
      return "";
    }
    if (value instanceof StringValue string) {
      return string.text();
    }
    throw BuiltinFailure.failed(name + ": must be a string");
  }

  private static boolean knowsWhatIsCritical(ObjectValue header) {
    Value critical = header.get("crit");
    if (critical == null) {
      return true;
    }
    if (!(critical instanceof ArrayValue names)) {
      throw BuiltinFailure.failed("crit: must be a list");
    }
    if (names.size() == 0 || !(names.get(0) instanceof StringValue)) {
      throw BuiltinFailure.failed("crit: must be a nonempty list");
    }
    return names.asList().stream()
        .filter(name -> header.get(name) != null)
        .allMatch(name -> name instanceof StringValue string && KNOWN.contains(string.text()));
  }
}
