package dev.blastwall.opa.builtin;

import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;

/** YAML. */
final class Yaml {
  private Yaml() {}

  static void register(Builtins.Registry registry) {
    registry.unary("yaml.marshal", (context, value) -> Value.of(YamlWriter.write(value)));
    registry.unary(
        "yaml.unmarshal", (context, text) -> YamlReader.read(context, Operands.string(text, 1)));
    registry.unary("yaml.is_valid", (context, text) -> Value.of(isValid(context, text)));
  }

  private static boolean isValid(EvaluationContext context, Value text) {
    if (!(text instanceof StringValue string)) {
      return false;
    }
    try {
      YamlReader.read(context, string.text());
      return true;
    } catch (BuiltinFailure e) {
      return false;
    }
  }
}
