package dev.blastwall.masking;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What masked values look like, so that one that is written back can be recognised. */
public final class MaskedForm {

  static final String REDACTED = "[redacted]";
  static final String HASH_PREFIX = "hash_";
  static final String TOKEN_PREFIX = "tok_";
  static final String ASTERISKS = "***";

  /** The first group of a masked UUID. */
  static final int UUID_MARK = 0xb1a5_7a11;

  private static final String UUID_PREFIX = "b1a57a11";
  private static final String DELIMITERS = "\t\n,;|\"";
  private static final String HEX = "\\x";

  private static final Pattern PATTERN =
      Pattern.compile(
          "\\*{3}|\\[redacted\\]|(?:hash|tok)_[0-9a-f]{20}"
              + "|b1a57a11-?[0-9a-f]{4}-?8[0-9a-f]{3}");

  private MaskedForm() {}

  /** Whether {@code text} holds something that a mask may have produced. */
  public static boolean appearsIn(String text) {
    return worthLooking(text) && PATTERN.matcher(text).find();
  }

  /** The pattern costs microseconds a text, and this is asked of every write. */
  private static boolean worthLooking(String text) {
    return text.contains(ASTERISKS)
        || text.contains(REDACTED)
        || text.contains(HASH_PREFIX)
        || text.contains(TOKEN_PREFIX)
        || text.contains(UUID_PREFIX);
  }

  /**
   * Whether a whole value is, or holds, something that a mask may have produced: also a token that
   * this process showed.
   *
   * @param value text, or what stands for bytes: {@code \x} and hexadecimal digits
   */
  public static boolean is(String value) {
    return appearsIn(value)
        || IssuedTokens.hold(value)
        || value.startsWith(HEX) && isBytes(value.substring(HEX.length()));
  }

  private static boolean isBytes(String hex) {
    try {
      // Behind the version byte of a jsonb, and inside arrays, there is text, too.
      String text = new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
      return appearsIn(hex) || appearsIn(text) || IssuedTokens.hold(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Whether a literal of {@code sql}, between single quotes, is a token that this process showed.
   */
  public static boolean wasIssuedIn(String sql) {
    if (IssuedTokens.isEmpty()) {
      return false;
    }
    for (int open = sql.indexOf('\''); open >= 0; ) {
      int close = sql.indexOf('\'', open + 1);
      if (close < 0) {
        return false;
      }
      if (IssuedTokens.hold(sql.substring(open + 1, close))) {
        return true;
      }
      open = close;
    }
    return false;
  }

  /** Whether a value between the usual delimiters of rows is a token that this process showed. */
  public static boolean wasIssuedAmong(String rows) {
    if (IssuedTokens.isEmpty()) {
      return false;
    }
    int start = 0;
    for (int at = 0; at <= rows.length(); at++) {
      if (at == rows.length() || DELIMITERS.indexOf(rows.charAt(at)) >= 0) {
        if (IssuedTokens.hold(rows.substring(start, at))) {
          return true;
        }
        start = at + 1;
      }
    }
    return false;
  }
}
