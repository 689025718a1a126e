package dev.blastwall.opa.embedded;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.Builtins;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the embedded engine offers, in OPA's own format, so that {@code opa check --capabilities}
 * and {@code opa build --capabilities} refuse the rest where a policy is written (OPA's
 * documentation, Capabilities).
 */
public final class Capabilities {
  /**
   * Rewritten by OPA's compiler before a plan is made, but checked against the capabilities before
   * that.
   */
  private static final Set<String> COMPILED_AWAY =
      Set.of("assign", "eq", "print", "rego.metadata.chain", "rego.metadata.rule");

  private static final List<String> FEATURES =
      List.of("keywords_in_refs", "rego_v1", "template_strings");

  private Capabilities() {}

  /** The content of {@code capabilities.json}, one built-in a line. */
  public static String json() {
    Map<String, Value> declarations = declarations();
    Set<String> names = new TreeSet<>(Builtins.offered().keySet());
    names.addAll(COMPILED_AWAY);
    StringBuilder out = new StringBuilder("{\n\"builtins\": [\n");
    String separator = "";
    for (String name : names) {
      out.append(separator)
          .append(Json.write(Objects.requireNonNull(declarations.get(name), name)));
      separator = ",\n";
    }
    return out.append("\n],\n\"features\": ")
        .append(Json.write(ArrayValue.ofStrings(FEATURES)))
        .append(",\n\"future_keywords\": [],\n\"allow_net\": []\n}\n")
        .toString();
  }

  /**
   * The signatures of all of OPA's built-ins, as {@code ci/conformance/declarations} prints them.
   */
  private static Map<String, Value> declarations() {
    try (InputStream in = Capabilities.class.getResourceAsStream("declarations.json")) {
      Map<String, Value> byName = new TreeMap<>();
      ArrayValue all = (ArrayValue) Json.read(Objects.requireNonNull(in).readAllBytes());
      for (Value declaration : all.asList()) {
        byName.put(
            ((StringValue) Objects.requireNonNull(((ObjectValue) declaration).get("name"))).text(),
            declaration);
      }
      return byName;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
