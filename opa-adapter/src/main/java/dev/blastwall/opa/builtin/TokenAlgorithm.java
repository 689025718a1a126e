package dev.blastwall.opa.builtin;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms of tokens that OPA knows (RFC 7518, RFC 8037). By the JDK itself: Nimbus
 * refuses short keys, OPA takes them.
 */
enum TokenAlgorithm {
  RS256,
  RS384,
  RS512,
  PS256,
  PS384,
  PS512,
  ES256,
  ES384,
  ES512,
  HS256,
  HS384,
  HS512,
  EDDSA;

  /** The algorithm that a header names; null if it is none of these. */
  static @Nullable TokenAlgorithm find(String name) {
    for (TokenAlgorithm algorithm : values()) {
      if (algorithm.headerName().equals(name)) {
        return algorithm;
      }
    }
    return null;
  }

  private String headerName() {
    return this == EDDSA ? "EdDSA" : name();
  }

  /** What stands behind {@code io.jwt.verify_}. */
  String builtinSuffix() {
    return name().toLowerCase(Locale.ROOT);
  }

  private String hash() {
    return name().substring(2);
  }

  boolean isMac() {
    return name().startsWith("HS");
  }

  private boolean fits(Key key) {
    return switch (name().substring(0, 2)) {
      case "RS", "PS" -> key instanceof RSAKey;
      case "ES" -> key instanceof ECKey;
      case "HS" -> key instanceof SecretKey;
      default -> key instanceof EdECKey;
    };
  }

  /** Whether the signature is the key's under the data; false for a key of another type. */
  boolean verify(Key key, byte[] data, byte[] signature) {
    if (!fits(key)) {
      return false;
    }
    try {
      return switch (name().substring(0, 2)) {
        case "HS" -> MessageDigest.isEqual(mac(key, data), signature);
        case "PS" -> verifyPss((PublicKey) key, data, signature);
        case "ES" -> verify("SHA" + hash() + "withECDSA", (PublicKey) key, data, der(signature));
        case "RS" -> verify("SHA" + hash() + "withRSA", (PublicKey) key, data, signature);
        default -> verify("Ed25519", (PublicKey) key, data, signature);
      };
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private byte[] mac(Key key, byte[] data) {
    return Digests.mac("HmacSHA" + hash(), key.getEncoded(), data);
  }

  private static boolean verify(String name, PublicKey key, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance(name);
    verifier.initVerify(key);
    verifier.update(data);
    return verifier.verify(signature);
  }

  /** The salt is as long as the hash (RFC 7518), or as long as fits, as some signers have it. */
  private boolean verifyPss(PublicKey key, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    int modulusBits = ((RSAKey) key).getModulus().bitLength();
    int hashBytes = Integer.parseInt(hash()) / 8;
    int longest = (modulusBits + 6) / 8 - hashBytes - 2;
    for (int salt : new int[] {hashBytes, longest}) {
      Signature verifier = pss(salt);
      verifier.initVerify(key);
      verifier.update(data);
      if (verifier.verify(signature)) {
        return true;
      }
    }
    return false;
  }

  private Signature pss(int saltBytes) throws GeneralSecurityException {
    String digest = "SHA-" + hash();
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(
        new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), saltBytes, 1));
    return signature;
  }

  /** The two halves as the JDK wants them: a sequence of two integers. */
  private static byte[] der(byte[] signature) {
    int half = signature.length / 2;
    byte[] r = integer(Arrays.copyOfRange(signature, 0, half));
    byte[] s = integer(Arrays.copyOfRange(signature, half, signature.length));
    return Der.sequence(r, s);
  }

  private static byte[] integer(byte[] magnitude) {
    return Der.integer(new BigInteger(1, magnitude));
  }

  /** Signs or fails. */
  byte[] sign(Key key, byte[] data) {
    if (!fits(key)) {
      throw BuiltinFailure.failed("the key does not fit the algorithm " + headerName());
    }
    try {
      return switch (name().substring(0, 2)) {
        case "HS" -> mac(key, data);
        case "PS" -> sign(pss(Integer.parseInt(hash()) / 8), key, data);
        case "ES" ->
            sign(Signature.getInstance("SHA" + hash() + "withECDSAinP1363Format"), key, data);
        case "RS" -> sign(Signature.getInstance("SHA" + hash() + "withRSA"), key, data);
        default -> sign(Signature.getInstance("Ed25519"), key, data);
      };
    } catch (GeneralSecurityException e) {
      throw BuiltinFailure.failed("failed to sign: " + e.getMessage());
    }
  }

  private static byte[] sign(Signature signature, Key key, byte[] data)
      throws GeneralSecurityException {
    signature.initSign((PrivateKey) key);
    signature.update(data);
    return signature.sign();
  }
}
