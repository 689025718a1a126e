package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Private keys in PEM. */
final class PrivateKeys {
  private static final List<String> RSA_NAMES = List.of("n", "e", "d", "p", "q", "dp", "dq", "qi");

  private PrivateKeys() {}

  static void register(Builtins.Registry registry) {
    registry.unary("crypto.parse_private_keys", (context, text) -> parse(Operands.string(text, 1)));
    registry.unary(
        "crypto.x509.parse_rsa_private_key", (context, text) -> toJwk(Operands.string(text, 1)));
    registry.binary(
        "crypto.x509.parse_keypair",
        (context, certificate, key) ->
            pair(Operands.string(certificate, 1), Operands.string(key, 1)));
  }

  private static Value parse(String text) {
    if (text.isEmpty()) {
      return NullValue.NULL;
    }
    ArrayValue keys = new ArrayValue(1);
    read(text).forEach(key -> keys.add(describe(key)));
    return keys;
  }

  private static List<PrivateKeyParts> read(String text) {
    List<PrivateKeyParts> keys = new ArrayList<>();
    for (Pem block : Pem.all(unwrapped(text))) {
      try {
        switch (block.type()) {
          case "RSA PRIVATE KEY" -> keys.add(PrivateKeyParts.pkcs1(block.der()));
          case "PRIVATE KEY" -> keys.add(PrivateKeyParts.pkcs8(block.der()));
          case "EC PRIVATE KEY" -> keys.add(PrivateKeyParts.sec1(block.der()));
          default -> {}
        }
      } catch (IndexOutOfBoundsException e) {
        throw DerReader.malformed();
      }
    }
    return keys;
  }

  /** The text, or what it is the base64 of. */
  private static String unwrapped(String text) {
    try {
      return new String(GoBase64.decode(text), StandardCharsets.ISO_8859_1);
    } catch (BuiltinFailure e) {
      return text;
    }
  }

  private static Value describe(PrivateKeyParts key) {
    return switch (key) {
      case PrivateKeyParts.Rsa(List<BigInteger> numbers) ->
          new ObjectValue(5)
              .put("N", NumberValue.of(numbers.get(0)))
              .put("E", NumberValue.of(numbers.get(1)))
              .put("D", NumberValue.of(numbers.get(2)))
              .put(
                  "Primes",
                  ArrayValue.of(NumberValue.of(numbers.get(3)), NumberValue.of(numbers.get(4))))
              .put(
                  "Precomputed",
                  new ObjectValue(4)
                      .put("Dp", NumberValue.of(numbers.get(5)))
                      .put("Dq", NumberValue.of(numbers.get(6)))
                      .put("Qinv", NumberValue.of(numbers.get(7)))
                      .put("CRTValues", new ArrayValue(0)));
      case PrivateKeyParts.Ec ec ->
          new ObjectValue(4)
              .put("Curve", new ObjectValue(0))
              .put("X", NumberValue.of(ec.x()))
              .put("Y", NumberValue.of(ec.y()))
              .put("D", NumberValue.of(ec.secret()));
      case PrivateKeyParts.Ed25519(byte[] seed, byte[] publicKey) -> {
        byte[] both = java.util.Arrays.copyOf(seed, seed.length + publicKey.length);
        System.arraycopy(publicKey, 0, both, seed.length, publicKey.length);
        yield X509Json.bytes(both);
      }
    };
  }

  /** The first key as a JWK (RFC 7517); despite the name of the built-in, of any type. */
  private static Value toJwk(String text) {
    if (text.isEmpty()) {
      throw BuiltinFailure.failed("input PEM data was empty");
    }
    String pem =
        text.startsWith("-----BEGIN")
            ? text
            : new String(GoBase64.decode(text), StandardCharsets.ISO_8859_1);
    List<PrivateKeyParts> keys = read(pem);
    return keys.isEmpty() ? NullValue.NULL : jwk(keys.getFirst());
  }

  private static Value jwk(PrivateKeyParts key) {
    return switch (key) {
      case PrivateKeyParts.Rsa(List<BigInteger> numbers) -> {
        ObjectValue jwk = new ObjectValue(9).put("kty", "RSA");
        for (int i = 0; i < RSA_NAMES.size(); i++) {
          jwk.put(RSA_NAMES.get(i), base64(unsigned(numbers.get(i), 0)));
        }
        yield jwk;
      }
      case PrivateKeyParts.Ec ec ->
          new ObjectValue(5)
              .put("kty", "EC")
              .put("crv", ec.curve())
              .put("x", base64(unsigned(ec.x(), ec.size())))
              .put("y", base64(unsigned(ec.y(), ec.size())))
              .put("d", base64(unsigned(ec.secret(), ec.size())));
      case PrivateKeyParts.Ed25519(byte[] seed, byte[] publicKey) ->
          new ObjectValue(4)
              .put("kty", "OKP")
              .put("crv", "Ed25519")
              .put("x", base64(publicKey))
              .put("d", base64(seed));
    };
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The magnitude in at least so many octets. */
  private static byte[] unsigned(BigInteger number, int size) {
    int length = Math.max(size, (number.bitLength() + 7) / 8);
    byte[] octets = new byte[length];
    byte[] signed = number.toByteArray();
    int from = Math.max(0, signed.length - length);
    System.arraycopy(signed, from, octets, length - (signed.length - from), signed.length - from);
    return octets;
  }

  /** A certificate with its chain and its key, as Go's {@code tls.Certificate}. */
  private static Value pair(String certificate, String key) {
    List<byte[]> chain = X509.certificates(certificate);
    List<PrivateKeyParts> keys =
        isPem(key) ? read(key) : List.of(PrivateKeyParts.pkcs8(GoBase64.decode(key)));
    if (chain.isEmpty() || keys.isEmpty()) {
      throw BuiltinFailure.failed("tls: failed to find any PEM data in certificate or key input");
    }
    ObjectValue leaf = ((ObjectValue) X509.certificate(chain.getFirst())).copy(0);
    requireMatch(leaf, describe(keys.getFirst()));
    return new ObjectValue(6)
        .put("Certificate", ArrayValue.of(chain.stream().map(X509Json::bytes).toList()))
        .put("PrivateKey", describe(keys.getFirst()))
        .put("SupportedSignatureAlgorithms", NullValue.NULL)
        .put("OCSPStaple", NullValue.NULL)
        .put("SignedCertificateTimestamps", NullValue.NULL)
        .put("Leaf", without(leaf, "URIStrings"));
  }

  private static boolean isPem(String key) {
    return unwrapped(key).startsWith("-----BEGIN") || key.startsWith("-----BEGIN");
  }

  /** The public numbers stand in both. */
  private static void requireMatch(ObjectValue leaf, Value key) {
    boolean matches =
        key instanceof ObjectValue parts && leaf.get("PublicKey") instanceof ObjectValue published
            ? List.of("N", "X").stream()
                .allMatch(name -> java.util.Objects.equals(published.get(name), parts.get(name)))
            : hasPublicKey(key, leaf.get("PublicKey"));
    if (!matches) {
      throw BuiltinFailure.failed("tls: private key does not match public key");
    }
  }

  /** Of Ed25519, the public key is the second half of the key. */
  private static boolean hasPublicKey(Value key, @Nullable Value published) {
    if (!(key instanceof StringValue both) || !(published instanceof StringValue half)) {
      return false;
    }
    byte[] octets = Base64.getDecoder().decode(both.text());
    byte[] second = java.util.Arrays.copyOfRange(octets, octets.length / 2, octets.length);
    return X509Json.bytes(second).equals(half);
  }

  private static ObjectValue without(ObjectValue object, String name) {
    ObjectValue rest = new ObjectValue(object.size());
    for (int i = 0; i < object.size(); i++) {
      if (!object.keyAt(i).equals(Value.of(name))) {
        rest.put(object.keyAt(i), object.valueAt(i));
      }
    }
    return rest;
  }
}
