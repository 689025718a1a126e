package dev.blastwall.opa.builtin;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** Times of certificates (RFC 5280, section 4.1.2.5). */
final class X509Times {
  private static final int UTC_TIME = 0x17;
  private static final DateTimeFormatter GENERALIZED =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'");
  private static final DateTimeFormatter RFC3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");

  private X509Times() {}

  static String rfc3339(DerReader time) {
    String text = time.text();
    // Of two digits, 50 and above are of the twentieth century.
    String full = time.tag() == UTC_TIME ? (text.charAt(0) >= '5' ? "19" : "20") + text : text;
    try {
      return RFC3339.format(LocalDateTime.parse(full, GENERALIZED));
    } catch (DateTimeException e) {
      throw DerReader.malformed();
    }
  }
}
