package dev.blastwall.protocol.postgresql;

import dev.blastwall.masking.Mask;
import java.nio.charset.StandardCharsets;

/** Rows of COPY in CSV format: values between delimiters, some of them quoted. */
final class CopyCsv implements CopyRows.Line {

  private final CopyPlan plan;
  private final char delimiter;
  private final char quote;
  private final char escape;

  CopyCsv(CopyPlan plan) {
    this.plan = plan;
    delimiter = plan.copy().delimiter().charAt(0);
    quote = plan.copy().quote().charAt(0);
    escape = plan.copy().escape().charAt(0);
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
    boolean quoted = false;
    int at = start;
    for (; at < end && (quoted || line.charAt(at) != delimiter); at++) {
      char c = line.charAt(at);
      if (quoted && c == escape && escapes(line, at, end)) {
        at++;
      } else if (c == quote) {
        quoted = !quoted;
      }
    }
    return Math.min(at, end);
  }

  /** Where both are the same, a quote is escaped only by another one. */
  private boolean escapes(String line, int at, int end) {
    return at + 1 < end
        && (line.charAt(at + 1) == quote || escape != quote && line.charAt(at + 1) == escape);
  }

  private String masked(String value, Mask mask) {
    String nothing = plan.copy().nullText();
    if (value.equals(nothing)) {
      return value;
    }
    String masked = mask.apply(plain(value));
    return masked == null ? nothing : quoted(masked);
  }

  private String plain(String value) {
    if (value.length() < 2 || value.charAt(0) != quote) {
      return value;
    }
    StringBuilder plain = new StringBuilder(value.length());
    int end = value.length() - 1;
    for (int i = 1; i < end; i++) {
      if (value.charAt(i) == escape && escapes(value, i, end)) {
        i++;
      }
      plain.append(value.charAt(i));
    }
    return plain.toString();
  }

  private String quoted(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 2).append(quote);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == quote || c == escape) {
        quoted.append(escape);
      }
      quoted.append(c);
    }
    return quoted.append(quote).toString();
  }
}
