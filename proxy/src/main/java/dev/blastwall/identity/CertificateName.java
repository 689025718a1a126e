package dev.blastwall.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** A kind of name in a certificate (RFC 5280, sections 4.1.2.6 and 4.2.1.6). */
public enum CertificateName {
  /** A uniformResourceIdentifier among the alternative names, as SPIFFE has it. */
  URI(6),
  /** An rfc822Name among the alternative names. */
  EMAIL(1),
  /** A dNSName among the alternative names. */
  DNS(2),
  /** The common name in the subject. */
  COMMON_NAME(0);

  private final int tag;

  /**
   * A kind of name.
   *
   * @param tag the tag of GeneralName; 0 for what stands in the subject
   */
  CertificateName(int tag) {
    this.tag = tag;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All names of this kind. */
  List<String> names(X509Certificate certificate) {
    return this == COMMON_NAME ? attributes(certificate, "CN") : alternatives(certificate);
  }

  private List<String> alternatives(X509Certificate certificate) {
    try {
      Collection<List<?>> names =
          Objects.requireNonNullElse(
              certificate.getSubjectAlternativeNames(), Collections.emptyList());
      return names.stream()
          .filter(name -> name.get(0).equals(tag))
          .map(name -> (String) name.get(1))
          .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  /** The organizational units of the subject. */
  static List<String> organizationalUnits(X509Certificate certificate) {
    return attributes(certificate, "OU");
  }

  private static List<String> attributes(X509Certificate certificate, String type) {
    try {
      List<String> values = new ArrayList<>();
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        // A part may have several attributes, none of which may be overlooked.
        Attribute attribute = part.toAttributes().get(type);
        if (attribute != null) {
          Collections.list(attribute.getAll()).forEach(value -> values.add(String.valueOf(value)));
        }
      }
      return values;
    } catch (NamingException e) {
      return List.of();
    }
  }
}
