package dev.blastwall.identity;

import dev.blastwall.command.Principal;
import dev.blastwall.identity.Verification.Reason;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Authorities whose client certificates count. TLS checks the signatures, the times and that the
 * client has the key; here is read whom a certificate names.
 *
 * <p>The subject is the one name of the configured kind, the groups are the organizational units of
 * the certificate's subject (RFC 5280, section 4.1.2.6), and the claims are {@code dn}, the whole
 * subject (RFC 2253), and {@code serial} in hexadecimal. There are no actors.
 *
 * @param issuer the name that policy sees as the principal's issuer
 * @param subject which name of a certificate is the principal's
 * @param kind of which kind all these principals are
 */
public record CertificateIssuer(String issuer, CertificateName subject, Principal.Kind kind) {

  /** Whom {@code certificate} names, if it names anybody at this moment. */
  public Verification verify(X509Certificate certificate, InstantSource clock) {
    Instant now = clock.instant();
    Instant expires = certificate.getNotAfter().toInstant();
    // A TLS session that is resumed was checked when it began.
    if (now.isBefore(certificate.getNotBefore().toInstant()) || !now.isBefore(expires)) {
      return Reason.CERTIFICATE_NOT_VALID_NOW.because("The certificate is not valid now.");
    }
    List<String> names = subject.names(certificate);
    if (names.size() != 1 || names.getFirst().isBlank()) {
      return Reason.CERTIFICATE_NAMES_NOBODY.because(
          "The certificate must have exactly one name of the kind " + subject.word() + ".");
    }
    return new Verification.Identified(principal(names.getFirst(), certificate), expires);
  }

  private Principal principal(String name, X509Certificate certificate) {
    return new Principal(
        name,
        issuer,
        kind,
        CertificateName.organizationalUnits(certificate),
        Map.of(
            "dn",
            certificate.getSubjectX500Principal().getName(),
            "serial",
            hex(certificate.getSerialNumber())),
        List.of());
  }

  private static String hex(BigInteger serial) {
    return HexFormat.of().formatHex(serial.toByteArray());
  }
}
