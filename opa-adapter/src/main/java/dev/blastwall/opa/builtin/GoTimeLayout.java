package dev.blastwall.opa.builtin;

import java.util.ArrayList;
import java.util.List;

/** Reads a layout of Go's {@code time} package, which writes 2 January 2006, 15:04:05. */
final class GoTimeLayout {
  /** What a part of a layout stands for. */
  enum Field {
    LITERAL(""),
    LONG_MONTH("January"),
    MONTH("Jan"),
    LONG_WEEKDAY("Monday"),
    WEEKDAY("Mon"),
    ZONE_NAME("MST"),
    ZERO_YEAR_DAY("002"),
    ZERO_MONTH("01"),
    ZERO_DAY("02"),
    ZERO_HOUR_12("03"),
    ZERO_MINUTE("04"),
    ZERO_SECOND("05"),
    YEAR("06"),
    HOUR("15"),
    NUM_MONTH("1"),
    LONG_YEAR("2006"),
    DAY("2"),
    UNDER_YEAR_DAY("__2"),
    UNDER_DAY("_2"),
    HOUR_12("3"),
    MINUTE("4"),
    SECOND("5"),
    PM("PM"),
    PM_LOWER("pm"),
    OFFSET_SECONDS("-070000"),
    OFFSET_COLON_SECONDS("-07:00:00"),
    OFFSET("-0700"),
    OFFSET_COLON("-07:00"),
    OFFSET_SHORT("-07"),
    ISO_OFFSET_SECONDS("Z070000"),
    ISO_OFFSET_COLON_SECONDS("Z07:00:00"),
    ISO_OFFSET("Z0700"),
    ISO_OFFSET_COLON("Z07:00"),
    ISO_OFFSET_SHORT("Z07"),
    /** As many digits as there are zeros. */
    FRACTION(""),
    /** Digits as long as they are not zero. */
    FRACTION_TRIMMED("");

    private final String text;

    Field(String text) {
      this.text = text;
    }
  }

  /** A field and how the layout writes it. */
  record Part(Field field, String text) {}

  private final String layout;
  private final List<Part> parts = new ArrayList<>();
  private int literalStart;

  private GoTimeLayout(String layout) {
    this.layout = layout;
  }

  static List<Part> parts(String layout) {
    GoTimeLayout reader = new GoTimeLayout(layout);
    int at = 0;
    while (at < layout.length()) {
      at = reader.next(at);
    }
    reader.literal(at);
    return reader.parts;
  }

  private void literal(int end) {
    if (end > literalStart) {
      parts.add(new Part(Field.LITERAL, layout.substring(literalStart, end)));
    }
  }

  private int next(int at) {
    // In _2006 the underscore is one and the year is the year.
    if (layout.startsWith("_2006", at)) {
      return add(at + 1, Field.LONG_YEAR, 4);
    }
    for (Field field : Field.values()) {
      if (!field.text.isEmpty() && layout.startsWith(field.text, at) && isWhole(field, at)) {
        return add(at, field, field.text.length());
      }
    }
    int digits = fractionDigits(at);
    return digits == 0
        ? at + 1
        : add(
            at, layout.charAt(at + 1) == '0' ? Field.FRACTION : Field.FRACTION_TRIMMED, digits + 1);
  }

  private int add(int at, Field field, int length) {
    literal(at);
    parts.add(new Part(field, layout.substring(at, at + length)));
    literalStart = at + length;
    return literalStart;
  }

  /** A short name that goes on in lower case, as in March or Money, is plain text. */
  private boolean isWhole(Field field, int at) {
    int end = at + field.text.length();
    boolean goesOn =
        end < layout.length() && layout.charAt(end) >= 'a' && layout.charAt(end) <= 'z';
    return !goesOn || (field != Field.MONTH && field != Field.WEEKDAY);
  }

  /** A dot or comma, then only zeros or only nines, then no further digit. */
  private int fractionDigits(int at) {
    if (".,".indexOf(layout.charAt(at)) < 0 || at + 1 == layout.length()) {
      return 0;
    }
    char digit = layout.charAt(at + 1);
    if (digit != '0' && digit != '9') {
      return 0;
    }
    int end = at + 1;
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    boolean goesOn =
        end < layout.length() && layout.charAt(end) >= '0' && layout.charAt(end) <= '9';
    return goesOn ? 0 : end - at - 1;
  }
}
