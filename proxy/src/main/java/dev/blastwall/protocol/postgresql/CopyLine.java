package dev.blastwall.protocol.postgresql;

import dev.blastwall.masking.Mask;
import java.nio.charset.StandardCharsets;

/** Rows of COPY whose values stand between delimiters; a masked one is replaced in its place. */
final class CopyLine implements CopyRows.Line {

  private final CopyPlan plan;
  private final char delimiter;
  private final Notation notation;

  /** How a value is written. */
  interface Notation {
    /** Where the value that begins at {@code start} ends, at the latest {@code end}. */
    int valueEnd(String line, int start, int end);

    /** The value itself. */
    String plain(String written);

    /** A value as it is written. */
    String written(String plain);
  }

  CopyLine(CopyPlan plan, Notation notation) {
    this.plan = plan;
    this.delimiter = plan.copy().delimiter().charAt(0);
    this.notation = notation;
  }

  @Override
  public byte[] masked(byte[] row) {
    String line = new String(row, StandardCharsets.UTF_8);
    int end = line.endsWith("\n") ? line.length() - 1 : line.length();
    StringBuilder out = new StringBuilder(line.length());
    int column = 0;
    for (int start = 0; start <= end; column++) {
      int stop = notation.valueEnd(line, start, end);
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

  private String masked(String value, Mask mask) {
    String nothing = plan.copy().nullText();
    if (value.equals(nothing)) {
      return value;
    }
    String masked = mask.apply(notation.plain(value));
    return masked == null ? nothing : notation.written(masked);
  }
}
