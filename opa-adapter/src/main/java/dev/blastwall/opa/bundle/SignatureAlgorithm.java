package dev.blastwall.opa.bundle;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a bundle can be signed (RFC 7518, section 3.1; all that {@code opa sign} offers). */
public enum SignatureAlgorithm {
  HS256(Family.HMAC, 256),
  HS384(Family.HMAC, 384),
  HS512(Family.HMAC, 512),
  RS256(Family.RSA, 256),
  RS384(Family.RSA, 384),
  RS512(Family.RSA, 512),
  PS256(Family.RSA_PSS, 256),
  PS384(Family.RSA_PSS, 384),
  PS512(Family.RSA_PSS, 512),
  ES256(Family.ECDSA, 256),
  ES384(Family.ECDSA, 384),
  ES512(Family.ECDSA, 512);

  private enum Family {
    HMAC,
    RSA,
    RSA_PSS,
    ECDSA
  }

  private final Family family;
  private final int bits;

  SignatureAlgorithm(Family family, int bits) {
    this.family = family;
    this.bits = bits;
  }

  /**
   * Whether a signature is right.
   *
   * @param key the secret of an HMAC; else public keys or certificates in PEM
   * @throws GeneralSecurityException when the key is none for this algorithm
   */
  boolean verifies(String key, byte[] signed, byte[] signature) throws GeneralSecurityException {
    return switch (family) {
      case HMAC -> MessageDigest.isEqual(mac(key, signed), signature);
      case RSA -> verifies(Signature.getInstance("SHA" + bits + "withRSA"), key, signed, signature);
      case RSA_PSS -> verifies(pss(), key, signed, signature);
      case ECDSA ->
          verifies(
              Signature.getInstance("SHA" + bits + "withECDSAinP1363Format"),
              key,
              signed,
              signature);
    };
  }

  private byte[] mac(String secret, byte[] signed) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA" + bits);
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
    return mac.doFinal(signed);
  }

  /** The salt is as long as the hash (RFC 7518, section 3.5). */
  private Signature pss() throws GeneralSecurityException {
    Signature pss = Signature.getInstance("RSASSA-PSS");
    String hash = "SHA-" + bits;
    pss.setParameter(
        new PSSParameterSpec(
            hash,
            "MGF1",
            new MGF1ParameterSpec(hash),
            bits / 8,
            PSSParameterSpec.TRAILER_FIELD_BC));
    return pss;
  }

  /** Whether one of the keys verifies it. */
  private boolean verifies(Signature verifier, String pem, byte[] signed, byte[] signature)
      throws GeneralSecurityException {
    for (PublicKey key : PemKey.readAll(pem, family == Family.ECDSA ? "EC" : "RSA")) {
      requireCurve(key);
      if (verifies(verifier, key, signed, signature)) {
        return true;
      }
    }
    return false;
  }

  private static boolean verifies(
      Signature verifier, PublicKey key, byte[] signed, byte[] signature)
      throws GeneralSecurityException {
    verifier.initVerify(key);
    verifier.update(signed);
    try {
      return verifier.verify(signature);
    } catch (SignatureException wrongLength) {
      return false;
    }
  }

  private void requireCurve(PublicKey key) throws GeneralSecurityException {
    if (key instanceof ECPublicKey curve
        && curve.getParams().getCurve().getField().getFieldSize() != curveBits()) {
      throw new GeneralSecurityException("it is on another curve than " + this + " uses");
    }
  }

  private int curveBits() {
    return bits == 512 ? 521 : bits;
  }
}
