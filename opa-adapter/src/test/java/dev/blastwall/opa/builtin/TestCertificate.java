package dev.blastwall.opa.builtin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate to be signed (RFC 5280, section 4.1), with an EC key.
 *
 * @param hash with which it is signed: {@code SHA1} or {@code SHA256}
 * @param extensions in DER; without any, it is one of version 1
 */
record TestCertificate(
    String subject,
    String issuer,
    KeyPair key,
    KeyPair issuerKey,
    Instant notBefore,
    Instant notAfter,
    String hash,
    List<byte[]> extensions) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static byte[] basicConstraints(boolean isAuthority, int maxBelow) {
    return extension(
        "551d13",
        true,
        element(
            0x30,
            isAuthority ? hex("0101ff") : new byte[0],
            maxBelow < 0 ? new byte[0] : element(0x02, new byte[] {(byte) maxBelow})));
  }

  /** With the one bit {@code keyCertSign}, or another one. */
  static byte[] keyUsage(boolean maySign) {
    return extension("551d0f", true, hex(maySign ? "03020204" : "03020780"));
  }

  /** Purposes by their last number below id-kp; 0 for any. */
  static byte[] extendedKeyUsage(List<Integer> purposes) {
    byte[][] usages =
        purposes.stream()
            .map(purpose ->
                purpose == 0
                    ? hex("0604551d2500")
                    : element(0x06, hex("2b060105050703"), new byte[] {purpose.byteValue()}))
            .toArray(byte[][]::new);
    return extension("551d25", false, element(0x30, usages));
  }

  static byte[] hostNames(List<String> names) {
    return extension("551d11", false, element(0x30, hosts(names)));
  }

  private static byte[][] hosts(List<String> names) {
    return names.stream()
        .map(name -> element(0x82, name.getBytes(StandardCharsets.US_ASCII)))
        .toArray(byte[][]::new);
  }

  static byte[] allowedHosts(String domain) {
    return extension(
        "551d1e", true, element(0x30, element(0xa0, element(0x30, hosts(List.of(domain))[0]))));
  }

  static byte[] unknown() {
    return extension("2a0304", true, hex("0500"));
  }

  private static byte[] extension(String id, boolean isCritical, byte[] value) {
    return element(
        0x30,
        element(0x06, hex(id)),
        isCritical ? hex("0101ff") : new byte[0],
        element(0x04, value));
  }

  String pem() {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der())
        + "\n-----END CERTIFICATE-----\n";
  }

  private byte[] der() {
    byte[] algorithm =
        element(0x30, hex(hash.equals("SHA1") ? "06072a8648ce3d0401" : "06082a8648ce3d040302"));
    byte[] content =
        element(
            0x30,
            extensions.isEmpty() ? new byte[0] : hex("a003020102"),
            element(0x02, new byte[] {7}),
            algorithm,
            new X500Principal("CN=" + issuer).getEncoded(),
            element(0x30, time(notBefore), time(notAfter)),
            new X500Principal("CN=" + subject).getEncoded(),
            key.getPublic().getEncoded(),
            extensions.isEmpty()
                ? new byte[0]
                : element(0xa3, element(0x30, extensions.toArray(byte[][]::new))));
    return element(0x30, content, algorithm, element(0x03, new byte[1], signature(content)));
  }

  private byte[] signature(byte[] content) {
    try {
      Signature signature = Signature.getInstance(hash + "withECDSA");
      signature.initSign(issuerKey.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] time(Instant instant) {
    String text = TIME.format(instant);
    // Until 2049 the century has to be left out.
    return element(0x17, text.substring(2).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length > 0xff) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length > 0x7f) {
      out.write(0x81);
    }
    out.write(length & 0xff);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
