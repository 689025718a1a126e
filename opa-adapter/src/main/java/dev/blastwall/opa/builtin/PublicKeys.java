package dev.blastwall.opa.builtin;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

/** Public keys as certificates carry them (RFC 5280, SubjectPublicKeyInfo). */
final class PublicKeys {
  private static final List<String> TYPES = List.of("RSA", "EC", "Ed25519");

  private PublicKeys() {}

  static PublicKey read(byte[] der) {
    for (String type : TYPES) {
      try {
        return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(der));
      } catch (GeneralSecurityException e) {
        // Not of this type; the next one may fit.
      }
    }
    throw BuiltinFailure.failed("failed to parse a PEM public key: x509: malformed public key");
  }
}
