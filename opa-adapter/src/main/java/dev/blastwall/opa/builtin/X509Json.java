package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of certificates and requests as Go's {@code crypto/x509} gives them in JSON. */
final class X509Json {
  private static final Map<String, String> NAME_PARTS =
      Map.of(
          "2.5.4.6", "Country",
          "2.5.4.10", "Organization",
          "2.5.4.11", "OrganizationalUnit",
          "2.5.4.7", "Locality",
          "2.5.4.8", "Province",
          "2.5.4.9", "StreetAddress",
          "2.5.4.17", "PostalCode");

  /** The numbers of Go's signature algorithms. */
  private static final Map<String, Integer> SIGNATURES =
      Map.ofEntries(
          Map.entry("1.2.840.113549.1.1.2", 1),
          Map.entry("1.2.840.113549.1.1.4", 2),
          Map.entry("1.2.840.113549.1.1.5", 3),
          Map.entry("1.3.14.3.2.29", 3),
          Map.entry("1.2.840.113549.1.1.11", 4),
          Map.entry("1.2.840.113549.1.1.12", 5),
          Map.entry("1.2.840.113549.1.1.13", 6),
          Map.entry("1.2.840.10040.4.3", 7),
          Map.entry("2.16.840.1.101.3.4.3.2", 8),
          Map.entry("1.2.840.10045.4.1", 9),
          Map.entry("1.2.840.10045.4.3.2", 10),
          Map.entry("1.2.840.10045.4.3.3", 11),
          Map.entry("1.2.840.10045.4.3.4", 12),
          Map.entry("1.3.101.112", 16));

  private static final String PSS = "1.2.840.113549.1.1.10";

  /** By the last arc of the hash's identifier. */
  private static final List<String> PSS_HASHES =
      List.of("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3");

  private static final int FIRST_PSS = 13;

  private static final Map<String, Integer> KEYS =
      Map.of(
          "1.2.840.113549.1.1.1", 1,
          "1.2.840.10040.4.1", 2,
          "1.2.840.10045.2.1", 3,
          "1.3.101.112", 4);

  private X509Json() {}

  static Value bytes(byte[] bytes) {
    return Value.of(Base64.getEncoder().encodeToString(bytes));
  }

  /** A list; null if it is empty. */
  static Value list(List<? extends Value> values) {
    return values.isEmpty() ? NullValue.NULL : ArrayValue.of(values);
  }

  /** A distinguished name. */
  static Value name(DerReader name) {
    ObjectValue parts = new ObjectValue(11);
    NAME_PARTS.values().forEach(part -> parts.put(part, NullValue.NULL));
    parts.put("CommonName", "").put("SerialNumber", "").put("ExtraNames", NullValue.NULL);
    ArrayValue all = new ArrayValue(4);
    for (DerReader set : name.inside(DerReader.SEQUENCE)) {
      for (DerReader attribute : DerReader.all(set.content())) {
        List<DerReader> pair = attribute.inside(DerReader.SEQUENCE);
        Value text = Value.of(pair.get(1).text());
        all.add(new ObjectValue(2).put("Type", pair.get(0).oidValue()).put("Value", text));
        addPart(parts, pair.get(0).oidText(), text);
      }
    }
    return parts.put("Names", list(all.asList()));
  }

  private static void addPart(ObjectValue parts, String oid, Value text) {
    String list = NAME_PARTS.get(oid);
    if (oid.equals("2.5.4.3")) {
      parts.put("CommonName", text);
    } else if (oid.equals("2.5.4.5")) {
      parts.put("SerialNumber", text);
    } else if (list != null && parts.get(list) instanceof ArrayValue array) {
      array.add(text);
    } else if (list != null) {
      parts.put(list, ArrayValue.of(text));
    }
  }

  static int signatureAlgorithm(DerReader identifier) {
    List<DerReader> parts = identifier.inside(DerReader.SEQUENCE);
    String oid = parts.get(0).oidText();
    if (oid.equals(PSS) && parts.size() > 1) {
      return pssAlgorithm(parts.get(1));
    }
    return SIGNATURES.getOrDefault(oid, 0);
  }

  private static int pssAlgorithm(DerReader parameters) {
    for (DerReader parameter : parameters.inside(DerReader.SEQUENCE)) {
      if (parameter.tag() == DerReader.CONTEXT_CONSTRUCTED) {
        DerReader hash = DerReader.one(parameter.content()).inside(DerReader.SEQUENCE).getFirst();
        int index = PSS_HASHES.indexOf(hash.oidText());
        return index < 0 ? 0 : FIRST_PSS + index;
      }
    }
    return 0;
  }

  /** Puts what is known of a public key. */
  static void putKey(ObjectValue target, DerReader keyInfo) {
    List<DerReader> parts = keyInfo.inside(DerReader.SEQUENCE);
    String algorithm = parts.get(0).inside(DerReader.SEQUENCE).getFirst().oidText();
    target
        .put("RawSubjectPublicKeyInfo", bytes(keyInfo.raw()))
        .put("PublicKeyAlgorithm", KEYS.getOrDefault(algorithm, 0))
        .put("PublicKey", key(publicKey(keyInfo), parts.get(1).bits()));
  }

  private static @Nullable PublicKey publicKey(DerReader keyInfo) {
    try {
      return PublicKeys.read(keyInfo.raw());
    } catch (BuiltinFailure e) {
      return null;
    }
  }

  private static Value key(@Nullable PublicKey key, byte[] bits) {
    return switch (key) {
      case RSAPublicKey rsa ->
          new ObjectValue(2)
              .put("N", NumberValue.of(rsa.getModulus()))
              .put("E", NumberValue.of(rsa.getPublicExponent()));
      case ECPublicKey ec ->
          new ObjectValue(3)
              .put("Curve", new ObjectValue(0))
              .put("X", NumberValue.of(ec.getW().getAffineX()))
              .put("Y", NumberValue.of(ec.getW().getAffineY()));
      case EdECPublicKey ignored -> bytes(Arrays.copyOf(bits, bits.length));
      case null, default -> NullValue.NULL;
    };
  }

  static Value extensions(List<DerReader> extensions) {
    return list(extensions.stream().map(X509Json::extension).toList());
  }

  private static Value extension(DerReader extension) {
    List<DerReader> parts = extension.inside(DerReader.SEQUENCE);
    return new ObjectValue(3)
        .put("Id", parts.get(0).oidValue())
        .put("Critical", isCritical(parts))
        .put("Value", bytes(parts.getLast().content()));
  }

  static boolean isCritical(List<DerReader> extension) {
    return extension.size() > 2 && extension.get(1).bool();
  }
}
