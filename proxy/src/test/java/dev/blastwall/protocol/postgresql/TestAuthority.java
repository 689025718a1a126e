package dev.blastwall.protocol.postgresql;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Somebody who makes client certificates, and one that was made, as files in PEM form.
 *
 * @param certificate its own
 * @param clientCertificate of {@code spiffe://shop/job}
 */
record TestAuthority(Path certificate, Path clientCertificate, Path clientKey) {

  static TestAuthority create(Path folder) throws Exception {
    KeyPair own = keys();
    KeyPair client = keys();
    X500Name name = new X500Name("CN=authority");
    X509Certificate authority = certificate(name, name, own, own.getPrivate(), null);
    X509Certificate certificate =
        certificate(
            name,
            new X500Name("CN=job,OU=builders,O=shop"),
            client,
            own.getPrivate(),
            new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://shop/job"));
    return new TestAuthority(
        pem(folder.resolve("authority.crt"), "CERTIFICATE", authority.getEncoded()),
        pem(folder.resolve("client.crt"), "CERTIFICATE", certificate.getEncoded()),
        pem(folder.resolve("client.key"), "PRIVATE KEY", client.getPrivate().getEncoded()));
  }

  private static KeyPair keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(
      X500Name issuer, X500Name subject, KeyPair keys, PrivateKey signer, GeneralName alternative)
      throws Exception {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofHours(12))),
            subject,
            keys.getPublic());
    if (alternative == null) {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    } else {
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternative));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
  }

  private static Path pem(Path file, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }
}
