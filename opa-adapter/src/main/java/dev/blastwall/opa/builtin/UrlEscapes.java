package dev.blastwall.opa.builtin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding as Go's {@code net/url} does it, part by part of a URL. */
final class UrlEscapes {
  /** Where a text stands, and what it may hold there besides letters, digits and {@code -_.~}. */
  enum Part {
    PATH("$&+,/:;=@"),
    QUERY(""),
    FRAGMENT("$&+,/:;=?@!()*"),
    USER("$&+,;="),
    HOST("!$&'()*+,;=:[]<>\""),
    ZONE("!$&'()*+,;=:[]<>\"");

    private final String allowed;

    Part(String allowed) {
      this.allowed = allowed;
    }

    private boolean allows(int octet) {
      return (octet >= 'a' && octet <= 'z')
          || (octet >= 'A' && octet <= 'Z')
          || (octet >= '0' && octet <= '9')
          || "-_.~".indexOf(octet) >= 0
          || allowed.indexOf(octet) >= 0;
    }

    private boolean isHost() {
      return this == HOST || this == ZONE;
    }
  }

  private UrlEscapes() {}

  static String escape(String text, Part part) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int octet = b & 0xff;
      if (octet == ' ' && part == Part.QUERY) {
        out.append('+');
      } else if (part.allows(octet)) {
        out.append((char) octet);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  /** Whether nothing in a path that can be decoded would have to be encoded. */
  static boolean isEncodedPath(String text) {
    return text.chars().allMatch(c -> "!'()*[]%".indexOf(c) >= 0 || Part.PATH.allows(c));
  }

  static String unescape(String text, Part part) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
    for (int i = 0; i < octets.length; i++) {
      int octet = octets[i] & 0xff;
      if (octet == '%') {
        out.write(decode(octets, i, part));
        i += 2;
      } else if (octet == '+' && part == Part.QUERY) {
        out.write(' ');
      } else {
        requireAllowed(octet, part);
        out.write(octet);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void requireAllowed(int octet, Part part) {
    if (part.isHost() && octet < 0x80 && !part.allows(octet)) {
      throw BuiltinFailure.failed(
          "invalid character " + RegoText.quoted(Character.toString(octet)) + " in host name");
    }
  }

  private static int decode(byte[] octets, int at, Part part) {
    int high = at + 2 < octets.length ? Character.digit(octets[at + 1], 16) : -1;
    int low = high < 0 ? -1 : Character.digit(octets[at + 2], 16);
    int octet = high << 4 | low;
    if (low < 0 || !mayBeEncoded(octet, part)) {
      String shown =
          new String(octets, at, Math.min(3, octets.length - at), StandardCharsets.UTF_8);
      throw BuiltinFailure.failed("invalid URL escape " + RegoText.quoted(shown));
    }
    return octet;
  }

  /** In a host only what is not ASCII may be encoded (RFC 3986), and a percent sign. */
  private static boolean mayBeEncoded(int octet, Part part) {
    return switch (part) {
      case HOST -> octet >= 0x80 || octet == '%';
      case ZONE -> octet == '%' || octet == ' ' || Part.HOST.allows(octet);
      case PATH, QUERY, FRAGMENT, USER -> true;
    };
  }
}
