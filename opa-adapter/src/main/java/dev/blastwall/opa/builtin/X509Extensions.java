package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The extensions of a certificate (RFC 5280, section 4.2) as fields of their own. */
final class X509Extensions {
  /** The numbers of Go's extended key usages. */
  private static final Map<String, Integer> EXTENDED_USAGES =
      Map.ofEntries(
          Map.entry("2.5.29.37.0", 0),
          Map.entry("1.3.6.1.5.5.7.3.1", 1),
          Map.entry("1.3.6.1.5.5.7.3.2", 2),
          Map.entry("1.3.6.1.5.5.7.3.3", 3),
          Map.entry("1.3.6.1.5.5.7.3.4", 4),
          Map.entry("1.3.6.1.5.5.7.3.5", 5),
          Map.entry("1.3.6.1.5.5.7.3.6", 6),
          Map.entry("1.3.6.1.5.5.7.3.7", 7),
          Map.entry("1.3.6.1.5.5.7.3.8", 8),
          Map.entry("1.3.6.1.5.5.7.3.9", 9),
          Map.entry("1.3.6.1.4.1.311.10.3.3", 10),
          Map.entry("2.16.840.1.113730.4.1", 11),
          Map.entry("1.3.6.1.4.1.311.2.1.22", 12),
          Map.entry("1.3.6.1.4.1.311.61.1.1", 13));

  private static final List<String> LISTS =
      List.of(
          "UnhandledCriticalExtensions",
          "ExtKeyUsage",
          "UnknownExtKeyUsage",
          "OCSPServer",
          "IssuingCertificateURL",
          "CRLDistributionPoints",
          "PermittedDNSDomains",
          "ExcludedDNSDomains",
          "PermittedIPRanges",
          "ExcludedIPRanges",
          "PermittedEmailAddresses",
          "ExcludedEmailAddresses",
          "PermittedURIDomains",
          "ExcludedURIDomains",
          "PolicyIdentifiers",
          "Policies",
          "PolicyMappings",
          "SubjectKeyId",
          "AuthorityKeyId");

  private static final int URI = 0x86;

  private final ObjectValue fields;
  private final List<Value> unhandled = new ArrayList<>();

  private X509Extensions(ObjectValue fields) {
    this.fields = fields;
  }

  static void putInto(ObjectValue certificate, List<DerReader> extensions) {
    LISTS.forEach(name -> certificate.put(name, NullValue.NULL));
    certificate
        .put("KeyUsage", 0)
        .put("BasicConstraintsValid", false)
        .put("IsCA", false)
        .put("MaxPathLen", 0)
        .put("MaxPathLenZero", false)
        .put("PermittedDNSDomainsCritical", false)
        .put("URIStrings", NullValue.NULL);
    for (String counter :
        List.of("InhibitAnyPolicy", "InhibitPolicyMapping", "RequireExplicitPolicy")) {
      certificate.put(counter, 0).put(counter + "Zero", false);
    }
    X509AltNames.NONE.putInto(certificate);
    X509Extensions reader = new X509Extensions(certificate);
    extensions.forEach(reader::read);
    certificate.put("UnhandledCriticalExtensions", X509Json.list(reader.unhandled));
  }

  private void read(DerReader extension) {
    List<DerReader> parts = extension.inside(DerReader.SEQUENCE);
    byte[] value = parts.getLast().content();
    boolean isCritical = X509Json.isCritical(parts);
    boolean isHandled =
        switch (parts.getFirst().oidText()) {
          case "2.5.29.15" -> keyUsage(value);
          case "2.5.29.19" -> basicConstraints(value);
          case "2.5.29.17" -> altNames(value);
          case "2.5.29.30" -> new X509NameConstraints(fields).read(value, isCritical);
          case "2.5.29.31" -> distributionPoints(value);
          case "2.5.29.35" -> authorityKey(value);
          case "2.5.29.36" -> policyConstraints(value);
          case "2.5.29.37" -> extendedUsage(value);
          case "2.5.29.14" -> put("SubjectKeyId", X509Json.bytes(DerReader.one(value).content()));
          case "2.5.29.32" -> policies(value);
          case "2.5.29.54" -> counter("InhibitAnyPolicy", DerReader.one(value));
          case "1.3.6.1.5.5.7.1.1" -> authorityInfo(value);
          default -> false;
        };
    if (isCritical && !isHandled) {
      unhandled.add(parts.getFirst().oidValue());
    }
  }

  private boolean put(String name, Value value) {
    fields.put(name, value);
    return true;
  }

  private boolean keyUsage(byte[] value) {
    byte[] bits = DerReader.one(value).bits();
    long usage = 0;
    for (int i = 0; i < 9 && i / 8 < bits.length; i++) {
      usage |= (bits[i / 8] & 0x80 >> i % 8) == 0 ? 0 : 1L << i;
    }
    return put("KeyUsage", Value.of(usage));
  }

  private boolean basicConstraints(byte[] value) {
    List<DerReader> parts = DerReader.one(value).inside(DerReader.SEQUENCE);
    boolean isCa = !parts.isEmpty() && parts.getFirst().tag() == DerReader.BOOLEAN;
    boolean hasLength = !parts.isEmpty() && parts.getLast().tag() == DerReader.INTEGER;
    int length = hasLength ? parts.getLast().integer().intValue() : -1;
    fields.put("BasicConstraintsValid", true);
    fields.put("IsCA", isCa && parts.getFirst().bool());
    fields.put("MaxPathLenZero", length == 0);
    return put("MaxPathLen", Value.of(length));
  }

  private boolean altNames(byte[] value) {
    X509AltNames names = X509AltNames.read(value);
    names.putInto(fields);
    fields.put("URIStrings", X509AltNames.texts(names.uris()));
    return !(names.dns().isEmpty()
        && names.emails().isEmpty()
        && names.addresses().isEmpty()
        && names.uris().isEmpty());
  }

  private boolean distributionPoints(byte[] value) {
    List<Value> urls = new ArrayList<>();
    for (DerReader point : DerReader.one(value).inside(DerReader.SEQUENCE)) {
      for (DerReader part : point.inside(DerReader.SEQUENCE)) {
        if (part.tag() == DerReader.CONTEXT_CONSTRUCTED) {
          DerReader.all(part.content()).stream()
              .filter(name -> name.tag() == DerReader.CONTEXT_CONSTRUCTED)
              .flatMap(name -> DerReader.all(name.content()).stream())
              .filter(name -> name.tag() == URI)
              .forEach(name -> urls.add(Value.of(name.text())));
        }
      }
    }
    return put("CRLDistributionPoints", X509Json.list(urls));
  }

  private boolean authorityKey(byte[] value) {
    for (DerReader part : DerReader.one(value).inside(DerReader.SEQUENCE)) {
      if (part.tag() == DerReader.CONTEXT) {
        fields.put("AuthorityKeyId", X509Json.bytes(part.content()));
      }
    }
    return true;
  }

  private boolean policyConstraints(byte[] value) {
    for (DerReader part : DerReader.one(value).inside(DerReader.SEQUENCE)) {
      DerReader number = new DerReader(DerReader.INTEGER, part.content(), part.raw());
      counter(
          part.tag() == DerReader.CONTEXT ? "RequireExplicitPolicy" : "InhibitPolicyMapping",
          number);
    }
    return true;
  }

  private boolean counter(String name, DerReader number) {
    int count = number.integer().intValue();
    fields.put(name + "Zero", count == 0);
    return put(name, Value.of(count));
  }

  private boolean extendedUsage(byte[] value) {
    List<Value> known = new ArrayList<>();
    List<Value> unknown = new ArrayList<>();
    for (DerReader usage : DerReader.one(value).inside(DerReader.SEQUENCE)) {
      Integer number = EXTENDED_USAGES.get(usage.oidText());
      if (number == null) {
        unknown.add(usage.oidValue());
      } else {
        known.add(NumberValue.of(number));
      }
    }
    put("UnknownExtKeyUsage", X509Json.list(unknown));
    return put("ExtKeyUsage", X509Json.list(known));
  }

  private boolean policies(byte[] value) {
    ArrayValue identifiers = new ArrayValue(2);
    ArrayValue texts = new ArrayValue(2);
    for (DerReader policy : DerReader.one(value).inside(DerReader.SEQUENCE)) {
      DerReader oid = policy.inside(DerReader.SEQUENCE).getFirst();
      identifiers.add(oid.oidValue());
      texts.add(Value.of(oid.oidText()));
    }
    put("Policies", X509Json.list(texts.asList()));
    return put("PolicyIdentifiers", X509Json.list(identifiers.asList()));
  }

  private boolean authorityInfo(byte[] value) {
    List<Value> ocsp = new ArrayList<>();
    List<Value> issuers = new ArrayList<>();
    for (DerReader access : DerReader.one(value).inside(DerReader.SEQUENCE)) {
      List<DerReader> parts = access.inside(DerReader.SEQUENCE);
      if (parts.get(1).tag() == URI) {
        switch (parts.get(0).oidText()) {
          case "1.3.6.1.5.5.7.48.1" -> ocsp.add(Value.of(parts.get(1).text()));
          case "1.3.6.1.5.5.7.48.2" -> issuers.add(Value.of(parts.get(1).text()));
          default -> {}
        }
      }
    }
    put("OCSPServer", X509Json.list(ocsp));
    return put("IssuingCertificateURL", X509Json.list(issuers));
  }
}
