package dev.blastwall.opa.builtin;

import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate of a chain.
 *
 * @param described as policies see it
 */
record X509Link(X509Certificate certificate, ObjectValue described) {
  /**
   * Go's numbers of the signature algorithms that it verifies in certificates: none with MD5 or
   * SHA-1.
   */
  private static final Set<Long> STRONG = Set.of(4L, 5L, 6L, 10L, 11L, 12L, 13L, 14L, 15L, 16L);

  private static final int VERSION_3 = 3;
  private static final int CERT_SIGN = 5;

  static X509Link of(byte[] der) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return new X509Link(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)),
          X509.certificate(der));
    } catch (CertificateException e) {
      throw BuiltinFailure.failed("x509: " + e.getMessage());
    }
  }

  X500Principal subject() {
    return certificate.getSubjectX500Principal();
  }

  X500Principal issuer() {
    return certificate.getIssuerX500Principal();
  }

  boolean isValidAt(Instant time) {
    return !time.isBefore(certificate.getNotBefore().toInstant())
        && !time.isAfter(certificate.getNotAfter().toInstant());
  }

  boolean isSignedStrongly() {
    return described.get("SignatureAlgorithm") instanceof NumberValue algorithm
        && STRONG.contains(algorithm.longValue());
  }

  /** Whether it may sign others: a version without such flags may always (RFC 5280, 4.2.1.9). */
  boolean maySign() {
    boolean[] usage = certificate.getKeyUsage();
    boolean isAuthority =
        certificate.getVersion() < VERSION_3 || certificate.getBasicConstraints() >= 0;
    return isAuthority && (usage == null || usage[CERT_SIGN]);
  }

  /** Whether so many certificates may stand between it and the end of the chain. */
  boolean allowsBelow(int intermediates) {
    int limit = certificate.getBasicConstraints();
    return limit < 0 || intermediates <= limit;
  }
}
