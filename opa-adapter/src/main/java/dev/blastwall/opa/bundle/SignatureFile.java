package dev.blastwall.opa.bundle;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * {@code .signatures.json}: one JSON Web Signature (RFC 7515, compact) whose payload names the
 * files of the bundle (OPA's documentation, Bundles: Signature Format; {@code
 * v1/bundle/verify.go}).
 */
final class SignatureFile {
  static final String NAME = ".signatures.json";

  private final String signed;
  private final ObjectValue header;
  private final ObjectValue payload;
  private final byte[] signature;

  private SignatureFile(String signed, ObjectValue header, ObjectValue payload, byte[] signature) {
    this.signed = signed;
    this.header = header;
    this.payload = payload;
    this.signature = signature;
  }

  static SignatureFile of(ObjectValue json) throws BundleException {
    if (json.get("plugin") instanceof StringValue plugin && !plugin.text().equals("_default")) {
      throw new BundleException(
          NAME
              + " asks for the plugin "
              + BundleArchive.shown(plugin.text())
              + ", which is not known here; sign the bundle with opa sign");
    }
    if (json.get("signatures") instanceof ArrayValue array
        && array.size() == 1
        && array.valueAt(0) instanceof StringValue token) {
      return compact(token.text());
    }
    throw new BundleException(NAME + " must hold exactly one signature; sign it with opa sign");
  }

  private static SignatureFile compact(String token) throws BundleException {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw malformed();
    }
    return new SignatureFile(
        parts[0] + "." + parts[1], json(parts[0]), json(parts[1]), decode(parts[2]));
  }

  private static ObjectValue json(String part) throws BundleException {
    try {
      if (Json.read(decode(part)) instanceof ObjectValue object) {
        return object;
      }
      throw malformed();
    } catch (IOException e) {
      throw malformed();
    }
  }

  private static byte[] decode(String part) throws BundleException {
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static BundleException malformed() {
    return new BundleException(
        NAME + " holds no JSON Web Signature in compact form; sign it with opa sign");
  }

  /** The files of the bundle, if the signature counts. */
  SignedFiles verify(Verification.Signed verification) throws BundleException {
    String id = keyId(verification);
    VerificationKey key = verification.keys().get(id);
    if (key == null) {
      throw new BundleException(
          "the bundle is signed with the key "
              + BundleArchive.shown(id)
              + ", which is not among the verification keys ("
              + String.join(", ", verification.keys().keySet().stream().sorted().toList())
              + "); add it, or sign with one of them");
    }
    requireSignature(id, key);
    requireScope(verification.scope().orElse(key.scope()));
    return SignedFiles.of(payload);
  }

  /** As OPA finds it; and where only one key is known, that is the one. */
  private String keyId(Verification.Signed verification) throws BundleException {
    Map<String, VerificationKey> keys = verification.keys();
    return verification
        .keyId()
        .or(() -> text(header, "kid"))
        .or(() -> text(payload, "keyid"))
        .or(() -> keys.size() == 1 ? keys.keySet().stream().findFirst() : Optional.empty())
        .orElseThrow(() ->
            new BundleException(
                "the signature does not say with which key it was made; configure signing.keyid"));
  }

  private void requireSignature(String id, VerificationKey key) throws BundleException {
    try {
      byte[] bytes = signed.getBytes(StandardCharsets.US_ASCII);
      if (!key.algorithm().verifies(key.key().read(), bytes, signature)) {
        throw new BundleException(
            "the signature of the bundle was not made with the key "
                + id
                + " and "
                + key.algorithm()
                + "; do not use this bundle before you know who made it");
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new BundleException(
          "the verification key " + id + " cannot be used: " + e.getMessage(), e);
    }
  }

  private void requireScope(String scope) throws BundleException {
    String said = text(payload, "scope").orElse("");
    if (!said.equals(scope)) {
      throw new BundleException(
          "the bundle is signed for the scope \""
              + BundleArchive.shown(said)
              + "\", and \""
              + scope
              + "\" is wanted; sign it with --claims-file and that scope, or configure signing.scope");
    }
  }

  private static Optional<String> text(ObjectValue object, String name) {
    return object.get(name) instanceof StringValue string && !string.text().isEmpty()
        ? Optional.of(string.text())
        : Optional.empty();
  }
}
