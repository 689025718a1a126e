package dev.blastwall.protocol.postgresql;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Arrays in text form (manual, section 8.15.6): braces, a delimiter, quotes with backslashes, and
 * perhaps dimensions in front. What does not read as it should becomes NULL.
 */
final class ArrayText {

  private static final Pattern DIMENSIONS = Pattern.compile("(?:\\[-?[0-9]+:-?[0-9]+\\])+=|");

  private final String text;
  private final char delimiter;
  private final ValueMask element;
  private final StringBuilder out;
  private int at;

  private ArrayText(String text, char delimiter, ValueMask element) {
    this.text = text;
    this.delimiter = delimiter;
    this.element = element;
    out = new StringBuilder(text.length());
  }

  /** The array with every element masked; the same bytes when that changes nothing. */
  static byte @Nullable [] masked(byte[] value, char delimiter, ValueMask element) {
    ArrayText array = new ArrayText(new String(value, StandardCharsets.UTF_8), delimiter, element);
    if (!array.rewrite()) {
      return null;
    }
    return array.changed ? array.out.toString().getBytes(StandardCharsets.UTF_8) : value;
  }

  private boolean changed;

  /** Whether it reads as an array. */
  private boolean rewrite() {
    int brace = text.indexOf('{');
    if (brace < 0 || !DIMENSIONS.matches(text.substring(0, brace))) {
      return false;
    }
    out.append(text, 0, brace);
    at = brace;
    int depth = 0;
    do {
      if (at == text.length()) {
        return false;
      }
      char c = text.charAt(at);
      if (c == '{' || c == '}') {
        depth += c == '{' ? 1 : -1;
        out.append(c);
        at++;
      } else if (c == delimiter) {
        out.append(c);
        at++;
      } else {
        element(c == '"' ? quoted() : bare());
      }
    } while (depth > 0);
    return at == text.length();
  }

  private void element(@Nullable String value) {
    if (value == null) {
      out.append("NULL");
      return;
    }
    byte[] raw = value.getBytes(StandardCharsets.UTF_8);
    byte[] masked = element.apply(raw);
    changed |= masked != raw;
    if (masked == null) {
      out.append("NULL");
    } else {
      out.append('"')
          .append(
              new String(masked, StandardCharsets.UTF_8)
                  .replace("\\", "\\\\")
                  .replace("\"", "\\\""))
          .append('"');
    }
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    at = Math.min(at + 1, text.length());
    return value.toString();
  }

  private @Nullable String bare() {
    int start = at;
    while (at < text.length() && text.charAt(at) != delimiter && text.charAt(at) != '}') {
      at++;
    }
    String value = text.substring(start, at);
    return value.equals("NULL") ? null : value;
  }
}
