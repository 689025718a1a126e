package dev.blastwall.opa.builtin;

import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Alternative names of a subject (RFC 5280, section 4.2.1.6).
 *
 * @param uris as they are written
 */
record X509AltNames(
    List<String> dns, List<String> emails, List<String> addresses, List<String> uris) {
  static final X509AltNames NONE = new X509AltNames(List.of(), List.of(), List.of(), List.of());

  private static final Pattern USER = Pattern.compile("[^/?#]*//[^/?#]*@");

  private static final int EMAIL = 0x81;
  private static final int DNS = 0x82;
  private static final int URI = 0x86;
  private static final int ADDRESS = 0x87;

  static X509AltNames read(byte[] extension) {
    X509AltNames names =
        new X509AltNames(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (DerReader name : DerReader.one(extension).inside(DerReader.SEQUENCE)) {
      switch (name.tag()) {
        case EMAIL -> names.emails.add(name.text());
        case DNS -> names.dns.add(name.text());
        case URI -> names.uris.add(name.text());
        case ADDRESS -> names.addresses.add(address(name.content()));
        default -> {}
      }
    }
    return names;
  }

  static String address(byte[] octets) {
    if (octets.length != 4 && octets.length != 16) {
      throw BuiltinFailure.failed("x509: cannot parse IP address of length " + octets.length);
    }
    return IpNetwork.address(new BigInteger(1, octets), octets.length * 8);
  }

  void putInto(ObjectValue target) {
    target
        .put("DNSNames", texts(dns))
        .put("EmailAddresses", texts(emails))
        .put("IPAddresses", texts(addresses))
        .put("URIs", X509Json.list(uris.stream().map(X509AltNames::url).toList()));
  }

  static Value texts(List<String> texts) {
    return X509Json.list(texts.stream().map(Value::of).toList());
  }

  /** Of the user Go shows nothing but that there is one. */
  private static boolean hasUser(String text) {
    return USER.matcher(text).lookingAt();
  }

  private static Value url(String text) {
    GoUrl url = GoUrl.parse(text);
    boolean isOpaque = url.path().isEmpty() && url.host().isEmpty();
    int colon = text.indexOf(':');
    int end = text.indexOf('?') < 0 ? text.length() : text.indexOf('?');
    return new ObjectValue(11)
        .put("Scheme", url.scheme())
        .put("Opaque", isOpaque && colon >= 0 ? text.substring(colon + 1, end) : "")
        .put("User", hasUser(text) ? new ObjectValue(0) : NullValue.NULL)
        .put("Host", url.host())
        .put("Path", url.path())
        .put("RawPath", url.rawPath())
        .put("OmitHost", url.host().isEmpty() && url.path().startsWith("/"))
        .put("ForceQuery", text.endsWith("?"))
        .put("RawQuery", url.rawQuery())
        .put("Fragment", url.fragment())
        .put("RawFragment", "");
  }
}
