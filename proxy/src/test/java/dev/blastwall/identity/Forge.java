package dev.blastwall.identity;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens byte by byte, also such as no library would make. */
final class Forge {

  static final KeyPair RSA = pair("RSA", "2048");
  static final KeyPair WEAK_RSA = pair("RSA", "1024");
  static final KeyPair EC = pair("EC", "secp256r1");
  static final KeyPair ED = pair("Ed25519", "");

  static final RSAKey RSA_JWK =
      new RSAKey.Builder((RSAPublicKey) RSA.getPublic()).keyID("rsa").build();
  static final ECKey EC_JWK =
      new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic()).keyID("ec").build();
  static final OctetKeyPair ED_JWK =
      new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(rawEd25519())).keyID("ed").build();
  static final RSAKey WEAK_RSA_JWK =
      new RSAKey.Builder((RSAPublicKey) WEAK_RSA.getPublic()).keyID("weak").build();

  static final List<JWK> KEYS = List.of(RSA_JWK, EC_JWK, ED_JWK, WEAK_RSA_JWK);

  private Forge() {}

  /** Signed as RS256 by the issuer's own key, whatever the two texts say. */
  static String rs256(String header, String claims) {
    return sign(header, claims, "SHA256withRSA", RSA.getPrivate());
  }

  static String sign(String header, String claims, String algorithm, PrivateKey key) {
    return sign(utf8(header), utf8(claims), algorithm, key);
  }

  static String sign(byte[] header, byte[] claims, String algorithm, PrivateKey key) {
    String signed = Base64URL.encode(header) + "." + Base64URL.encode(claims);
    try {
      Signature signer = Signature.getInstance(algorithm);
      if (algorithm.equals("RSASSA-PSS")) {
        signer.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signer.initSign(key);
      signer.update(utf8(signed));
      return signed + "." + Base64URL.encode(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hs256(String header, String claims, byte[] secret) {
    String signed = Base64URL.encode(header) + "." + Base64URL.encode(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return signed + "." + Base64URL.encode(mac.doFinal(utf8(signed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String unsigned(String header, String claims, byte[] signature) {
    return Base64URL.encode(header)
        + "."
        + Base64URL.encode(claims)
        + "."
        + Base64URL.encode(signature);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static KeyPair pair(String algorithm, String parameter) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      switch (algorithm) {
        case "RSA" -> generator.initialize(Integer.parseInt(parameter));
        case "EC" -> generator.initialize(new ECGenParameterSpec(parameter));
        default -> {}
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] rawEd25519() {
    byte[] encoded = ED.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }
}
