package dev.blastwall.opa.builtin;

import dev.blastwall.opa.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests of texts in UTF-8, with and without a key, in hexadecimal. */
final class Digests {
  private Digests() {}

  static void register(Builtins.Registry registry) {
    registry.unary("crypto.md5", digest("MD5"));
    registry.unary("crypto.sha1", digest("SHA-1"));
    registry.unary("crypto.sha256", digest("SHA-256"));
    registry.binary("crypto.hmac.md5", mac("HmacMD5"));
    registry.binary("crypto.hmac.sha1", mac("HmacSHA1"));
    registry.binary("crypto.hmac.sha256", mac("HmacSHA256"));
    registry.binary("crypto.hmac.sha512", mac("HmacSHA512"));
    registry.binary(
        "crypto.hmac.equal",
        (context, a, b) ->
            Value.of(
                MessageDigest.isEqual(utf8(Operands.string(a, 1)), utf8(Operands.string(b, 2)))));
  }

  private static Builtin.Unary digest(String algorithm) {
    return (context, text) -> hex(digest(algorithm, utf8(Operands.string(text, 1))));
  }

  private static Builtin.Binary mac(String algorithm) {
    return (context, text, key) ->
        hex(mac(algorithm, utf8(Operands.string(key, 2)), utf8(Operands.string(text, 1))));
  }

  static byte[] digest(String algorithm, byte[] data) {
    try {
      return MessageDigest.getInstance(algorithm).digest(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  static byte[] mac(String algorithm, byte[] key, byte[] data) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      // The JDK takes no empty key; one zero byte is the same key by RFC 2104.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Value hex(byte[] bytes) {
    return Value.of(HexFormat.of().formatHex(bytes));
  }
}
