package dev.blastwall.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * Keys and certificates as text (RFC 7468), by the JDK alone: Netty's own reader would bring up all
 * of Bouncy Castle, which takes longer than the rest of a start.
 */
final class Pem {

  static final String CERTIFICATE = "CERTIFICATE";
  static final String PRIVATE_KEY = "PRIVATE KEY";

  private static final int LINE = 64;

  private Pem() {}

  static String text(String label, byte[] der) {
    String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
    return begin(label) + "\n" + body + "\n" + end(label) + "\n";
  }

  /** The certificates of {@code file} in their order; at least one. */
  static X509Certificate[] certificates(Path file) throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      X509Certificate[] chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toArray(X509Certificate[]::new);
      if (chain.length == 0) {
        throw new CertificateException("there is no certificate in PEM form");
      }
      return chain;
    }
  }

  /**
   * The private key in {@code file}, PKCS #8 and not encrypted (RFC 7468, section 10).
   *
   * @param partner the public key of its certificate, which says of which algorithm it is
   */
  static PrivateKey privateKey(Path file, PublicKey partner)
      throws IOException, GeneralSecurityException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(body(Files.readString(file)));
    return KeyFactory.getInstance(partner.getAlgorithm()).generatePrivate(spec);
  }

  private static byte[] body(String text) throws InvalidKeySpecException {
    int begin = text.indexOf(begin(PRIVATE_KEY));
    int end = text.indexOf(end(PRIVATE_KEY));
    if (begin < 0 || end < begin) {
      throw new InvalidKeySpecException(
          "there is no key in PEM form; `openssl pkcs8 -topk8 -nodes` makes one of an older form");
    }
    return Base64.getMimeDecoder().decode(text.substring(begin + begin(PRIVATE_KEY).length(), end));
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}
