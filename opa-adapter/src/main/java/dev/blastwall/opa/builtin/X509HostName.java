package dev.blastwall.opa.builtin;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name or address of a host that a certificate may be for (RFC 6125, with Go's leniency for
 * names that are none).
 *
 * @param name in lower case
 * @param address what the name writes if it is an IP address
 */
record X509HostName(String name, @Nullable IpNetwork address) {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;
  private static final String LABEL = "[A-Za-z0-9_][A-Za-z0-9_-]*";
  private static final Pattern HOST = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final Pattern HOSTS =
      Pattern.compile(LABEL + "|(\\*|" + LABEL + ")(\\." + LABEL + ")+");

  static X509HostName of(String text) {
    boolean isBracketed = text.length() > 2 && text.startsWith("[") && text.endsWith("]");
    String address = isBracketed ? text.substring(1, text.length() - 1) : text;
    return new X509HostName(text.toLowerCase(Locale.ROOT), IpNetwork.ofAddress(address));
  }

  boolean isNamedBy(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null && names.stream().anyMatch(this::isNamedBy);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private boolean isNamedBy(List<?> typed) {
    String text = String.valueOf(typed.get(1));
    if (address != null) {
      return typed.get(0).equals(ADDRESS) && address.equals(IpNetwork.ofAddress(text));
    }
    return typed.get(0).equals(DNS) && matches(text.toLowerCase(Locale.ROOT));
  }

  private boolean matches(String pattern) {
    String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (!HOST.matcher(relative).matches() || !HOSTS.matcher(pattern).matches()) {
      return pattern.equals(name) && !name.equals(".");
    }
    return pattern.startsWith("*.")
        ? relative.indexOf('.') > 0
            && relative.substring(relative.indexOf('.')).equals(pattern.substring(1))
        : pattern.equals(relative);
  }
}
