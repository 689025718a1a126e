package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a UUID says about itself (RFC 4122; DCE 1.1 for version 2). */
final class Uuids {
  private static final Pattern HYPHENATED =
      Pattern.compile(
          "(?:[uU][rR][nN]:[uU][uU][iI][dD]:)?"
              + "([0-9a-fA-F]{8})-([0-9a-fA-F]{4})-([0-9a-fA-F]{4})-([0-9a-fA-F]{4})-([0-9a-fA-F]{12})");

  private static final int HYPHENATED_LENGTH = 36;

  /** Steps of 100 ns from 1582-10-15 to 1970-01-01. */
  private static final long GREGORIAN_OFFSET = 122_192_928_000_000_000L;

  private static final String[] DOMAINS = {"Person", "Group", "Org"};

  private Uuids() {}

  static void register(Builtins.Registry registry) {
    registry.unary("uuid.parse", (context, text) -> parse(Operands.string(text, 1)));
  }

  private static @Nullable Value parse(String text) {
    String digits = digits(text);
    return digits == null ? null : describe(ByteBuffer.wrap(HexFormat.of().parseHex(digits)));
  }

  /** The 32 digits of any of the forms that Go's library reads. */
  private static @Nullable String digits(String text) {
    if (text.matches("[0-9a-fA-F]{32}")) {
      return text;
    }
    // Whatever stands around it, not only braces.
    String bare =
        text.length() == HYPHENATED_LENGTH + 2 ? text.substring(1, text.length() - 1) : text;
    Matcher parts = HYPHENATED.matcher(bare);
    return parts.matches() ? parts.replaceAll("$1$2$3$4$5") : null;
  }

  private static Value describe(ByteBuffer uuid) {
    int version = (uuid.get(6) & 0xf0) >> 4;
    ObjectValue parts =
        new ObjectValue(8).put("version", version).put("variant", variant(uuid.get(8)));
    if (version == 1 || version == 2) {
      byte[] node = new byte[6];
      uuid.get(10, node);
      parts
          .put("time", time(uuid))
          .put("nodeid", HexFormat.ofDelimiter("-").formatHex(node))
          .put("macvariables", macVariables(node[0]))
          .put("clocksequence", uuid.getShort(8) & 0x3fff);
    }
    if (version == 2) {
      int domain = uuid.get(9) & 0xff;
      parts
          .put("id", Integer.toUnsignedLong(uuid.getInt(0)))
          .put("domain", domain < DOMAINS.length ? DOMAINS[domain] : "Domain" + domain);
    }
    return parts;
  }

  private static String variant(byte octet) {
    if ((octet & 0xc0) == 0x80) {
      return "RFC4122";
    }
    return switch (octet & 0xe0) {
      case 0xc0 -> "Microsoft";
      case 0xe0 -> "Future";
      default -> "Reserved";
    };
  }

  /** Nanoseconds since 1970; beyond 64 bits they wrap around, as in OPA. */
  private static long time(ByteBuffer uuid) {
    long low = Integer.toUnsignedLong(uuid.getInt(0));
    long middle = Short.toUnsignedLong(uuid.getShort(4));
    long high = uuid.getShort(6) & 0xfff;
    return ((high << 48 | middle << 32 | low) - GREGORIAN_OFFSET) * 100;
  }

  private static String macVariables(byte first) {
    return ((first & 2) == 0 ? "global:" : "local:") + ((first & 1) == 0 ? "unicast" : "multicast");
  }
}
