package dev.blastwall.protocol.postgresql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows and ranges in text form (manual, sections 8.16.6 and 8.17.5): parts between commas, each
 * perhaps quoted. What does not read as it should becomes NULL.
 */
final class RowText {

  private RowText() {}

  /** The row with every field masked; what is more than {@code fields} by {@code unknown}. */
  static byte @Nullable [] composite(byte[] value, List<ValueMask> fields, ValueMask unknown) {
    String text = new String(value, StandardCharsets.UTF_8);
    List<@Nullable String> parts = parts(text, "(", ")");
    if (parts == null) {
      return null;
    }
    List<@Nullable String> masked = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      boolean known = fields.size() == parts.size();
      masked.add(masked(parts.get(i), known ? fields.get(i) : unknown));
    }
    return masked.equals(parts) ? value : written("(", masked, ")");
  }

  /** A bound that is lost would be an infinite one. */
  static byte @Nullable [] range(byte[] value, ValueMask bound) {
    String text = new String(value, StandardCharsets.UTF_8);
    if (text.equals("empty")) {
      return value;
    }
    List<@Nullable String> parts = parts(text, "([", ")]");
    if (parts == null || parts.size() != 2) {
      return null;
    }
    List<@Nullable String> masked = new ArrayList<>();
    for (String part : parts) {
      String shown = masked(part, bound);
      if (part != null && shown == null) {
        return null;
      }
      masked.add(shown);
    }
    return written(text.substring(0, 1), masked, text.substring(text.length() - 1));
  }

  private static @Nullable String masked(@Nullable String part, ValueMask mask) {
    if (part == null) {
      return null;
    }
    byte[] shown = mask.apply(part.getBytes(StandardCharsets.UTF_8));
    return shown == null ? null : new String(shown, StandardCharsets.UTF_8);
  }

  /** The parts, null for one that is nothing at all; null where this is no row. */
  private static @Nullable List<@Nullable String> parts(String text, String opens, String closes) {
    if (text.length() < 2
        || opens.indexOf(text.charAt(0)) < 0
        || closes.indexOf(text.charAt(text.length() - 1)) < 0) {
      return null;
    }
    List<@Nullable String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    boolean any = false;
    int end = text.length() - 1;
    for (int i = 1; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < end) {
        part.append(text.charAt(++i));
        any = true;
      } else if (c == '"' && quoted && i + 1 < end && text.charAt(i + 1) == '"') {
        part.append(text.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
        any = true;
      } else if (c == ',' && !quoted) {
        parts.add(any ? part.toString() : null);
        part.setLength(0);
        any = false;
      } else {
        part.append(c);
        any = true;
      }
    }
    parts.add(any ? part.toString() : null);
    return quoted ? null : parts;
  }

  private static byte[] written(String open, List<@Nullable String> parts, String close) {
    StringBuilder text = new StringBuilder(open);
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      text.append(i == 0 ? "" : ",");
      if (part != null) {
        text.append('"').append(part.replace("\\", "\\\\").replace("\"", "\"\"")).append('"');
      }
    }
    return text.append(close).toString().getBytes(StandardCharsets.UTF_8);
  }
}
