package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a chain of certificates has to fulfil.
 *
 * @param name of the host that the last certificate is for; empty for any
 * @param time at which all are valid
 * @param usages object identifiers of extended key usages, of which the chain allows one
 */
record X509Demands(String name, Instant time, Set<String> usages) {
  private static final String ANY_USAGE = "2.5.29.37.0";
  private static final String PURPOSE = "1.3.6.1.5.5.7.3.";
  private static final String SERVER = PURPOSE + "1";

  private static final Map<String, String> USAGES =
      Map.ofEntries(
          Map.entry("KeyUsageAny", ANY_USAGE),
          Map.entry("KeyUsageServerAuth", SERVER),
          Map.entry("KeyUsageClientAuth", PURPOSE + "2"),
          Map.entry("KeyUsageCodeSigning", PURPOSE + "3"),
          Map.entry("KeyUsageEmailProtection", PURPOSE + "4"),
          Map.entry("KeyUsageIPSECEndSystem", PURPOSE + "5"),
          Map.entry("KeyUsageIPSECTunnel", PURPOSE + "6"),
          Map.entry("KeyUsageIPSECUser", PURPOSE + "7"),
          Map.entry("KeyUsageTimeStamping", PURPOSE + "8"),
          Map.entry("KeyUsageOCSPSigning", PURPOSE + "9"),
          Map.entry("KeyUsageMicrosoftServerGatedCrypto", "1.3.6.1.4.1.311.10.3.3"),
          Map.entry("KeyUsageNetscapeServerGatedCrypto", "2.16.840.1.113730.4.1"),
          Map.entry("KeyUsageMicrosoftCommercialCodeSigning", "1.3.6.1.4.1.311.2.1.22"),
          Map.entry("KeyUsageMicrosoftKernelCodeSigning", "1.3.6.1.4.1.311.61.1.1"));

  /** Those without options: good for a server. */
  static X509Demands at(Instant time) {
    return new X509Demands("", time, Set.of(SERVER));
  }

  /** Reads options, or fails with OPA's words. */
  static X509Demands of(ObjectValue options, Instant now) {
    X509Demands demands = at(now);
    for (int i = 0; i < options.size(); i++) {
      if (options.sortedKeyAt(i) instanceof StringValue key) {
        demands = demands.with(key.text(), options.sortedValueAt(i));
      }
    }
    return demands;
  }

  private X509Demands with(String option, Value value) {
    return switch (option) {
      case "DNSName" -> new X509Demands(hostName(value), time, usages);
      case "CurrentTime" ->
          new X509Demands(name, Instant.ofEpochSecond(0, integer(option, "int64 ", value)), usages);
      case "MaxConstraintComparisons" -> {
        // Read, and as in Go since 1.24 without an effect.
        integer(option, "", value);
        yield this;
      }
      case "KeyUsages" -> new X509Demands(name, time, usages(value));
      default -> throw BuiltinFailure.failed("invalid key option");
    };
  }

  private static String hostName(Value value) {
    if (value instanceof StringValue name) {
      return unquoted(name.text());
    }
    throw BuiltinFailure.failed("'DNSName' should be a string");
  }

  private static String unquoted(String text) {
    return text.replaceAll("^\"+|\"+$", "");
  }

  private static long integer(String option, String kind, Value value) {
    if (!(value instanceof NumberValue number)) {
      throw BuiltinFailure.failed("'" + option + "' should be a number");
    }
    if (!Operands.isInteger(number)) {
      throw BuiltinFailure.failed("'" + option + "' should be a valid " + kind + "number");
    }
    return number.longValue();
  }

  private static Set<String> usages(Value value) {
    if (!(value instanceof ArrayValue) && !(value instanceof SetValue)) {
      throw BuiltinFailure.failed("'KeyUsages' should be an Array or Set");
    }
    CollectionValue names = (CollectionValue) value;
    Set<String> usages = new LinkedHashSet<>();
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.sortedValueAt(i) instanceof StringValue name) {
        String known = USAGES.get(unquoted(name.text()));
        (known == null ? unknown : usages).add(known == null ? unquoted(name.text()) : known);
      }
    }
    if (!unknown.isEmpty()) {
      throw BuiltinFailure.failed(
          "invalid entries for 'KeyUsages' found: [" + String.join(" ", unknown) + "]");
    }
    return usages.isEmpty() ? Set.of(SERVER) : usages;
  }

  /** Whether one of the usages is allowed all along the chain; a certificate may be silent. */
  boolean allowUsage(List<X509Link> chain) {
    Set<String> left = new LinkedHashSet<>(usages);
    for (X509Link link : chain) {
      List<String> allowed = extendedUsages(link.certificate());
      if (!allowed.isEmpty() && !allowed.contains(ANY_USAGE)) {
        left.retainAll(allowed);
      }
    }
    return usages.contains(ANY_USAGE) || !left.isEmpty();
  }

  private static List<String> extendedUsages(X509Certificate certificate) {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages == null ? List.of() : usages;
    } catch (CertificateParsingException e) {
      throw BuiltinFailure.failed("x509: invalid extended key usages");
    }
  }

  /** Whether the certificate is for the host. */
  boolean allowName(X509Certificate certificate) {
    return name.isEmpty() || X509HostName.of(name).isNamedBy(certificate);
  }
}
