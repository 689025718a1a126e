package dev.blastwall.transport;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate for a first start, before the operator brings one. Clients check it by trusting the
 * file itself ({@code sslrootcert}).
 */
final class SelfSignedCertificate {

  // What clients of public certificates accept today; the operator's own may live as long as it
  // likes.
  private static final Duration LIFE = Duration.ofDays(397);
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  private static final int SERIAL_BITS = 128;

  private final X509Certificate certificate;
  private final KeyPair keys;

  private SelfSignedCertificate(X509Certificate certificate, KeyPair keys) {
    this.certificate = certificate;
    this.keys = keys;
  }

  static SelfSignedCertificate of(String host) {
    try {
      // P-256 with SHA-256: tls-server-end-point (RFC 5929, section 4.1) has a hash for it.
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      return new SelfSignedCertificate(certificate(host, keys), keys);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("every JDK can make a P-256 certificate", e);
    }
  }

  private static X509Certificate certificate(String host, KeyPair keys)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    X500Name name = new X500Name("CN=blastwall");
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(SERIAL_BITS, new SecureRandom()),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(now.plus(LIFE)),
            name,
            keys.getPublic());
    builder.addExtension(Extension.subjectAlternativeName, false, names(host));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static GeneralNames names(String host) {
    return new GeneralNames(
        Stream.of("localhost", "127.0.0.1", "::1", host)
            .distinct()
            .map(SelfSignedCertificate::name)
            .toArray(GeneralName[]::new));
  }

  private static GeneralName name(String host) {
    boolean address =
        host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  /** Writes both files; the key can be read by its owner only, from its first byte on. */
  void write(Path certificateFile, Path keyFile) throws IOException {
    Files.createDirectories(certificateFile.toAbsolutePath().getParent());
    Files.deleteIfExists(keyFile);
    Files.createFile(
        keyFile,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        keyFile,
        Pem.text(Pem.PRIVATE_KEY, keys.getPrivate().getEncoded()),
        StandardOpenOption.WRITE);
    Files.writeString(certificateFile, Pem.text(Pem.CERTIFICATE, encoded()));
  }

  private byte[] encoded() {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was just made encodes", e);
    }
  }
}
