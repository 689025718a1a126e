package dev.blastwall.opa.builtin;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The numbers of a private key, from any of the forms in which PEM holds one. */
sealed interface PrivateKeyParts {
  /** RFC 8017, appendix A.1.2, in that order: n, e, d, p, q, d mod p-1, d mod q-1, 1/q mod p. */
  record Rsa(List<BigInteger> numbers) implements PrivateKeyParts {
    @Override
    public String toString() {
      return "Rsa[…]";
    }
  }

  /** A key on a curve of NIST; the coordinates have {@code size} octets. */
  record Ec(String curve, int size, BigInteger secret, BigInteger x, BigInteger y)
      implements PrivateKeyParts {
    @Override
    public String toString() {
      return "Ec[" + curve + "]";
    }
  }

  /** A key of RFC 8032. */
  record Ed25519(byte[] seed, byte[] publicKey) implements PrivateKeyParts {
    @Override
    public String toString() {
      return "Ed25519[…]";
    }
  }

  /** Curves by identifier. */
  Map<String, String> CURVES =
      Map.of("1.2.840.10045.3.1.7", "P-256", "1.3.132.0.34", "P-384", "1.3.132.0.35", "P-521");

  int RSA_NUMBERS = 8;

  /** RFC 8017: {@code RSA PRIVATE KEY}. */
  static PrivateKeyParts pkcs1(byte[] der) {
    List<DerReader> parts = DerReader.one(der).inside(DerReader.SEQUENCE);
    return new Rsa(parts.subList(1, RSA_NUMBERS + 1).stream().map(DerReader::integer).toList());
  }

  /** RFC 5915: {@code EC PRIVATE KEY}. */
  static PrivateKeyParts sec1(byte[] der) {
    List<DerReader> parts = DerReader.one(der).inside(DerReader.SEQUENCE);
    DerReader parameters = parts.get(2);
    return ec(parts, DerReader.one(parameters.content()));
  }

  /** RFC 5208: {@code PRIVATE KEY}. */
  static PrivateKeyParts pkcs8(byte[] der) {
    List<DerReader> parts = DerReader.one(der).inside(DerReader.SEQUENCE);
    List<DerReader> algorithm = parts.get(1).inside(DerReader.SEQUENCE);
    byte[] key = parts.get(2).require(DerReader.OCTET_STRING).content();
    return switch (algorithm.getFirst().oidText()) {
      case "1.2.840.113549.1.1.1" -> pkcs1(key);
      case "1.2.840.10045.2.1" ->
          ec(DerReader.one(key).inside(DerReader.SEQUENCE), algorithm.get(1));
      case "1.3.101.112" -> ed25519(DerReader.one(key).require(DerReader.OCTET_STRING).content());
      default ->
          throw BuiltinFailure.failed(
              "x509: PKCS#8 wrapping contained private key with unknown algorithm: "
                  + algorithm.getFirst().oidText());
    };
  }

  private static PrivateKeyParts ec(List<DerReader> parts, DerReader curve) {
    String name = CURVES.get(curve.oidText());
    if (name == null) {
      throw BuiltinFailure.failed("x509: unknown elliptic curve");
    }
    byte[] point = DerReader.one(parts.getLast().content()).bits();
    int size = point.length / 2;
    return new Ec(
        name,
        size,
        new BigInteger(1, parts.get(1).content()),
        new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + size)),
        new BigInteger(1, Arrays.copyOfRange(point, 1 + size, point.length)));
  }

  private static PrivateKeyParts ed25519(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      // The public key follows from the seed, which the generator takes from its random source.
      generator.initialize(255, new FixedRandom(seed));
      byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
      return new Ed25519(
          seed, Arrays.copyOfRange(encoded, encoded.length - seed.length, encoded.length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /** Gives the same octets again and again. */
  final class FixedRandom extends SecureRandom {
    private final transient byte[] octets;

    FixedRandom(byte[] octets) {
      this.octets = octets.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(octets, 0, bytes, 0, Math.min(octets.length, bytes.length));
    }
  }
}
