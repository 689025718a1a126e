package dev.blastwall.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms that an issuer can be allowed (RFC 7518, section 3; RFC 8037). There is
 * no {@code none} and no shared-secret algorithm, so none can be allowed by mistake, and each
 * algorithm takes keys of its own kind only.
 */
public enum SignatureAlgorithm {
  RS256(JWSAlgorithm.RS256, null),
  RS384(JWSAlgorithm.RS384, null),
  RS512(JWSAlgorithm.RS512, null),
  PS256(JWSAlgorithm.PS256, null),
  PS384(JWSAlgorithm.PS384, null),
  PS512(JWSAlgorithm.PS512, null),
  ES256(JWSAlgorithm.ES256, Curve.P_256),
  ES384(JWSAlgorithm.ES384, Curve.P_384),
  ES512(JWSAlgorithm.ES512, Curve.P_521),
  EDDSA(JWSAlgorithm.EdDSA, Curve.Ed25519);

  /** What an issuer may use unless the operator says otherwise. */
  public static final Set<SignatureAlgorithm> DEFAULTS = Set.of(RS256, PS256, ES256, EDDSA);

  /** RFC 7518, section 3.3. */
  private static final int MIN_RSA_BITS = 2048;

  /** SubjectPublicKeyInfo of Ed25519 up to the 32 bytes of the key (RFC 8410, section 4). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int ED25519_KEY_BYTES = 32;

  // Both are immutable; the library does not say so in a way that Error Prone reads.
  @SuppressWarnings("ImmutableEnumChecker")
  private final JWSAlgorithm jws;

  @SuppressWarnings("ImmutableEnumChecker")
  private final @Nullable Curve curve;

  SignatureAlgorithm(JWSAlgorithm jws, @Nullable Curve curve) {
    this.jws = jws;
    this.curve = curve;
  }

  /** The name in a token's header, for example {@code EdDSA}. */
  public String wireName() {
    return jws.getName();
  }

  /** The algorithm of exactly that name. */
  public static Optional<SignatureAlgorithm> named(String wireName) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.wireName().equals(wireName))
        .findFirst();
  }

  /** Whether {@code key} is of this algorithm's kind, strong enough and meant for it. */
  boolean takes(JWK key) {
    return (key.getAlgorithm() == null || key.getAlgorithm().equals(jws))
        && switch (key) {
          case RSAKey rsa -> curve == null && rsa.size() >= MIN_RSA_BITS;
          case ECKey ec -> ec.getCurve().equals(curve);
          case OctetKeyPair pair -> pair.getCurve().equals(curve);
          default -> false;
        };
  }

  /** Whether {@code signature} is that of {@code key}, which this algorithm {@link #takes}. */
  boolean verifies(JWK key, byte[] signed, byte[] signature) {
    try {
      return switch (key) {
        case RSAKey rsa -> verifies(new RSASSAVerifier(rsa), signed, signature);
        case ECKey ec -> verifies(new ECDSAVerifier(ec), signed, signature);
        case OctetKeyPair pair -> verifiesEd25519(pair, signed, signature);
        default -> false;
      };
    } catch (JOSEException | GeneralSecurityException e) {
      return false;
    }
  }

  /** With a header of our own: nothing that the client wrote in its header takes part. */
  private boolean verifies(JWSVerifier verifier, byte[] signed, byte[] signature)
      throws JOSEException {
    return verifier.verify(new JWSHeader(jws), signed, Base64URL.encode(signature));
  }

  /** By the JDK, because the JOSE library would need another library for this one. */
  private static boolean verifiesEd25519(OctetKeyPair pair, byte[] signed, byte[] signature)
      throws GeneralSecurityException {
    byte[] point = pair.getDecodedX();
    if (point.length != ED25519_KEY_BYTES) {
      return false;
    }
    byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + point.length);
    System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, point.length);
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    verifier.update(signed);
    return verifier.verify(signature);
  }
}
