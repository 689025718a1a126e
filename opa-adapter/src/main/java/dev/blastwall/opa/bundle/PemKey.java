package dev.blastwall.opa.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Public keys in PEM (RFC 7468), in the forms that OPA takes. There may be several, one after the
 * other, so that a file can hold the old and the new key for a while.
 */
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /** AlgorithmIdentifier of rsaEncryption, the first half of a SubjectPublicKeyInfo. */
  private static final byte[] RSA_ENCRYPTION =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  private PemKey() {}

  static List<PublicKey> readAll(String pem, String algorithm) throws GeneralSecurityException {
    List<PublicKey> keys = new ArrayList<>();
    for (Matcher block = BLOCK.matcher(pem); block.find(); ) {
      keys.add(read(block.group(1), decode(block.group(2)), algorithm));
    }
    if (keys.isEmpty()) {
      throw new GeneralSecurityException("it is not in PEM");
    }
    return keys;
  }

  private static PublicKey read(String type, byte[] der, String algorithm)
      throws GeneralSecurityException {
    return switch (type) {
      case "PUBLIC KEY" -> spki(der, algorithm);
      case "RSA PUBLIC KEY" -> spki(wrap(der), algorithm);
      case "CERTIFICATE" ->
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der))
              .getPublicKey();
      default ->
          throw new GeneralSecurityException(
              "it is a " + type + "; give the public key (openssl pkey -pubout makes it)");
    };
  }

  private static byte[] decode(String base64) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("it is not in PEM", e);
    }
  }

  private static PublicKey spki(byte[] der, String algorithm) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
  }

  /** A PKCS#1 key as a SubjectPublicKeyInfo (RFC 5280, section 4.1). */
  private static byte[] wrap(byte[] pkcs1) {
    byte[] bits = new byte[pkcs1.length + 1];
    System.arraycopy(pkcs1, 0, bits, 1, pkcs1.length);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(RSA_ENCRYPTION);
    content.writeBytes(tagged(0x03, bits));
    return tagged(0x30, content.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int start = length[0] == 0 ? 1 : 0;
      out.write(0x80 | length.length - start);
      out.write(length, start, length.length - start);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
