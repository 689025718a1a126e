package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Chains of certificates: the first of a text is trusted, the last is to be verified, those between
 * may help. Nothing is fetched and no revocation asked for.
 */
final class X509Chains {
  private static final Value INVALID =
      ArrayValue.of(List.of(Value.of(false), ArrayValue.of(List.of())));

  private X509Chains() {}

  static void register(Builtins.Registry registry) {
    registry.unary(
        "crypto.x509.parse_and_verify_certificates",
        (context, text) ->
            verify(
                Operands.string(text, 1), X509Demands.at(now(context)), UnaryOperator.identity()));
    registry.binary(
        "crypto.x509.parse_and_verify_certificates_with_options",
        (context, text, options) ->
            verify(
                Operands.string(text, 1),
                X509Demands.of(Operands.object(options, 2), now(context)),
                X509Chains::withoutAddedFields));
    registry.nondeterministic(
        "crypto.x509.parse_and_verify_certificates",
        "crypto.x509.parse_and_verify_certificates_with_options");
  }

  private static Instant now(EvaluationContext context) {
    return Instant.ofEpochSecond(0, context.now().longValue());
  }

  private static Value verify(
      String text, X509Demands demands, UnaryOperator<ObjectValue> describe) {
    try {
      List<X509Link> links = X509.certificates(text).stream().map(X509Link::of).toList();
      if (links.size() < 2) {
        return INVALID;
      }
      List<X509Link> chain = X509Path.find(links, demands);
      return chain.isEmpty()
          ? INVALID
          : ArrayValue.of(
              List.of(
                  Value.of(true),
                  ArrayValue.of(
                      chain.stream().map(link -> describe.apply(link.described())).toList())));
    } catch (BuiltinFailure e) {
      return INVALID;
    }
  }

  /** OPA shows the URIs as texts in one of the two functions only. */
  private static ObjectValue withoutAddedFields(ObjectValue certificate) {
    ObjectValue copy = new ObjectValue(certificate.size());
    for (int i = 0; i < certificate.size(); i++) {
      if (!certificate.keyAt(i).equals(Value.of("URIStrings"))) {
        copy.put(certificate.keyAt(i), certificate.valueAt(i));
      }
    }
    return copy;
  }
}
