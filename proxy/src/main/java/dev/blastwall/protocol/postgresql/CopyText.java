package dev.blastwall.protocol.postgresql;

import dev.blastwall.masking.Mask;
import java.nio.charset.StandardCharsets;

/** Rows of COPY in text format: values between delimiters, with backslashes. */
final class CopyText implements CopyRows.Line {

  /** Escaped as the second of each pair, behind a backslash. */
  private static final String ESCAPED = "\bb\ff\nn\rr\tt\u000bv\\\\";

  private final CopyPlan plan;
  private final char delimiter;

  CopyText(CopyPlan plan) {
    this.plan = plan;
    delimiter = plan.copy().delimiter().charAt(0);
  }

  @Override
  public byte[] masked(byte[] row) {
    String line = new String(row, StandardCharsets.UTF_8);
    int end = line.endsWith("\n") ? line.length() - 1 : line.length();
    StringBuilder out = new StringBuilder(line.length());
    int column = 0;
    for (int start = 0; start <= end; column++) {
      int stop = valueEnd(line, start, end);
      Mask mask = plan.plan().column(column);
      out.append(column == 0 ? "" : String.valueOf(delimiter));
      out.append(
          mask == null ? line.substring(start, stop) : masked(line.substring(start, stop), mask));
      start = stop + 1;
    }
    if (column != plan.width()) {
      throw ProtocolViolation.malformed("a row of COPY has more or fewer values than columns");
    }
    return out.append(line, end, line.length()).toString().getBytes(StandardCharsets.UTF_8);
  }

  private int valueEnd(String line, int start, int end) {
    int at = start;
    while (at < end && line.charAt(at) != delimiter) {
      at += line.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, end);
  }

  private String masked(String value, Mask mask) {
    String nothing = plan.copy().nullText();
    if (value.equals(nothing)) {
      return value;
    }
    String masked = mask.apply(plain(value));
    return masked == null ? nothing : escaped(masked);
  }

  private static String plain(String value) {
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        int letter = place(value.charAt(++i), 1);
        plain.append(letter < 0 ? value.charAt(i) : ESCAPED.charAt(letter - 1));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private String escaped(String value) {
    StringBuilder escaped = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int special = place(c, 0);
      if (special >= 0) {
        escaped.append('\\').append(ESCAPED.charAt(special + 1));
      } else if (c == delimiter) {
        escaped.append('\\').append(c);
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static int place(char c, int half) {
    for (int i = half; i < ESCAPED.length(); i += 2) {
      if (ESCAPED.charAt(i) == c) {
        return i;
      }
    }
    return -1;
  }
}
