package dev.blastwall.opa.builtin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key that may verify or sign a token.
 *
 * @param algorithm the only one it is for; null if it does not say
 * @param id its name in a set of keys; null if it has none
 * @param key a public key, or the bytes of a shared secret
 * @param signer the key that signs; null if there is only a public one
 */
record TokenKey(@Nullable String algorithm, @Nullable String id, Key key, @Nullable Key signer) {
  private static final int MAX_CACHED = 100;
  private static final ConcurrentHashMap<String, List<TokenKey>> CACHE = new ConcurrentHashMap<>();

  /** What stands before the 32 bytes of an Ed25519 key (RFC 8410). */
  private static final String ED25519_PUBLIC = "302a300506032b6570032100";

  private static final String ED25519_PRIVATE = "302e020100300506032b657004220420";

  /** The keys of a certificate or public key in PEM, or of a JWK or set of JWKs. */
  static List<TokenKey> read(String text) {
    List<TokenKey> known = CACHE.get(text);
    if (known != null) {
      return known;
    }
    if (CACHE.size() >= MAX_CACHED) {
      CACHE.clear();
    }
    Pem pem = Pem.first(text);
    List<TokenKey> keys = pem == null ? readJwks(text) : List.of(readPem(pem));
    CACHE.put(text, keys);
    return keys;
  }

  private static TokenKey readPem(Pem pem) {
    if (!pem.rest().isEmpty()) {
      throw BuiltinFailure.failed("extra data after a PEM certificate block");
    }
    PublicKey key =
        switch (pem.type()) {
          case "CERTIFICATE" -> ofCertificate(pem.der());
          case "PUBLIC KEY" -> PublicKeys.read(pem.der());
          default ->
              throw BuiltinFailure.failed("failed to extract a Key from the PEM certificate");
        };
    return new TokenKey(null, null, key, null);
  }

  private static PublicKey ofCertificate(byte[] der) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(der))
          .getPublicKey();
    } catch (CertificateException e) {
      throw BuiltinFailure.failed("failed to parse a PEM certificate: x509: malformed certificate");
    }
  }

  /** The keys of a JWK or a set of them (RFC 7517), less those for algorithms that OPA lacks. */
  static List<TokenKey> readJwks(String text) {
    try {
      List<TokenKey> keys = new ArrayList<>();
      for (JWK jwk : parse(text)) {
        String algorithm = jwk.getAlgorithm() == null ? null : jwk.getAlgorithm().getName();
        if (algorithm == null || TokenAlgorithm.find(algorithm) != null) {
          keys.add(of(jwk, algorithm));
        }
      }
      return keys;
    } catch (ParseException | JOSEException | GeneralSecurityException | RuntimeException e) {
      throw BuiltinFailure.failed("failed to parse a JWK key (set): " + e.getMessage());
    }
  }

  private static List<JWK> parse(String text) throws ParseException {
    JWK single;
    try {
      single = JWK.parse(text);
    } catch (ParseException e) {
      return JWKSet.parse(text).getKeys();
    }
    return List.of(single);
  }

  private static TokenKey of(JWK jwk, @Nullable String algorithm)
      throws JOSEException, GeneralSecurityException {
    String id = jwk.getKeyID();
    return switch (jwk) {
      case RSAKey rsa ->
          new TokenKey(
              algorithm, id, rsa.toRSAPublicKey(), rsa.isPrivate() ? rsa.toRSAPrivateKey() : null);
      case ECKey ec ->
          new TokenKey(
              algorithm, id, ec.toECPublicKey(), ec.isPrivate() ? ec.toECPrivateKey() : null);
      case OctetKeyPair pair ->
          new TokenKey(
              algorithm,
              id,
              ed25519(pair.getDecodedX()),
              pair.isPrivate() ? ed25519Private(pair.getDecodedD()) : null);
      case OctetSequenceKey secret -> {
        SecretKeySpec key = new SecretKeySpec(secret.toByteArray(), "HMAC");
        yield new TokenKey(algorithm, id, key, key);
      }
      default -> throw new JOSEException("unknown type of key " + jwk.getKeyType());
    };
  }

  private static PublicKey ed25519(byte[] key) throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new X509EncodedKeySpec(join(ED25519_PUBLIC, key)));
  }

  private static PrivateKey ed25519Private(byte[] key) throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519")
        .generatePrivate(new PKCS8EncodedKeySpec(join(ED25519_PRIVATE, key)));
  }

  private static byte[] join(String prefix, byte[] key) {
    return HexFormat.of().parseHex(prefix + HexFormat.of().formatHex(key));
  }
}
