package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The attributes of a request (RFC 2986) as Go shows them: only those that are sets of sequences of
 * type and value.
 */
final class X509Attributes {
  private X509Attributes() {}

  static Value describe(List<DerReader> attributes) {
    List<Value> shown = new ArrayList<>();
    for (DerReader attribute : attributes) {
      try {
        shown.add(describe(attribute));
      } catch (BuiltinFailure | IndexOutOfBoundsException e) {
        // Go leaves out what has another form.
      }
    }
    return X509Json.list(shown);
  }

  private static Value describe(DerReader attribute) {
    List<DerReader> parts = attribute.inside(DerReader.SEQUENCE);
    ArrayValue sets = new ArrayValue(1);
    for (DerReader sequence : DerReader.all(parts.get(1).content())) {
      ArrayValue pairs = new ArrayValue(4);
      for (DerReader pair : sequence.inside(DerReader.SEQUENCE)) {
        List<DerReader> typeAndValue = pair.inside(DerReader.SEQUENCE);
        pairs.add(
            new ObjectValue(2)
                .put("Type", typeAndValue.get(0).oidValue())
                .put("Value", X509Json.bytes(typeAndValue.get(1).content())));
      }
      sets.add(pairs);
    }
    return new ObjectValue(2).put("Type", parts.get(0).oidValue()).put("Value", sets);
  }
}
