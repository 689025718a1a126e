package dev.blastwall.opa.builtin;

import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** Writes a time in a layout of Go. */
final class GoTimeFormat {
  private final ZonedDateTime time;
  private final StringBuilder out = new StringBuilder();

  private GoTimeFormat(ZonedDateTime time) {
    this.time = time;
  }

  static String format(ZonedDateTime time, String layout) {
    GoTimeFormat format = new GoTimeFormat(time);
    GoTimeLayout.parts(layout).forEach(format::write);
    return format.out.toString();
  }

  private void write(GoTimeLayout.Part part) {
    int hour12 = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    switch (part.field()) {
      case LITERAL -> out.append(part.text());
      case YEAR -> number(Math.abs(time.getYear()) % 100, 2);
      case LONG_YEAR -> number(time.getYear(), 4);
      case MONTH -> out.append(time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
      case LONG_MONTH -> out.append(time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
      case NUM_MONTH -> number(time.getMonthValue(), 1);
      case ZERO_MONTH -> number(time.getMonthValue(), 2);
      case WEEKDAY ->
          out.append(time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
      case LONG_WEEKDAY ->
          out.append(time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
      case DAY -> number(time.getDayOfMonth(), 1);
      case UNDER_DAY -> out.append(String.format("%2d", time.getDayOfMonth()));
      case ZERO_DAY -> number(time.getDayOfMonth(), 2);
      case UNDER_YEAR_DAY -> out.append(String.format("%3d", time.getDayOfYear()));
      case ZERO_YEAR_DAY -> number(time.getDayOfYear(), 3);
      case HOUR -> number(time.getHour(), 2);
      case HOUR_12 -> number(hour12, 1);
      case ZERO_HOUR_12 -> number(hour12, 2);
      case MINUTE -> number(time.getMinute(), 1);
      case ZERO_MINUTE -> number(time.getMinute(), 2);
      case SECOND -> number(time.getSecond(), 1);
      case ZERO_SECOND -> number(time.getSecond(), 2);
      case PM -> out.append(time.getHour() >= 12 ? "PM" : "AM");
      case PM_LOWER -> out.append(time.getHour() >= 12 ? "pm" : "am");
      case ZONE_NAME -> out.append(zoneName());
      case FRACTION, FRACTION_TRIMMED -> fraction(part);
      case OFFSET,
          OFFSET_COLON,
          OFFSET_SHORT,
          OFFSET_SECONDS,
          OFFSET_COLON_SECONDS,
          ISO_OFFSET,
          ISO_OFFSET_COLON,
          ISO_OFFSET_SHORT,
          ISO_OFFSET_SECONDS,
          ISO_OFFSET_COLON_SECONDS ->
          offset(part.text());
    }
  }

  private void number(int value, int width) {
    String digits = Integer.toString(Math.abs(value));
    out.append(value < 0 ? "-" : "")
        .append("0".repeat(Math.max(0, width - digits.length())))
        .append(digits);
  }

  /**
   * The JDK's abbreviation; where it has none that is like the time zone database's, the offset.
   */
  private String zoneName() {
    if (time.getOffset().getTotalSeconds() == 0 && time.getZone().equals(time.getOffset())) {
      return "UTC";
    }
    return java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time);
  }

  private void fraction(GoTimeLayout.Part part) {
    int digits = part.text().length() - 1;
    String nanos = String.format("%09d", time.getNano());
    String shown =
        digits <= nanos.length()
            ? nanos.substring(0, digits)
            : nanos + "0".repeat(digits - nanos.length());
    if (part.field() == GoTimeLayout.Field.FRACTION_TRIMMED) {
      shown = shown.replaceFirst("0+$", "");
    }
    if (!shown.isEmpty()) {
      out.append(part.text().charAt(0)).append(shown);
    }
  }

  /** As the layout writes it: with colons or without, as far as minutes or seconds, Z for UTC. */
  private void offset(String layout) {
    int seconds = time.getOffset().getTotalSeconds();
    if (seconds == 0 && layout.startsWith("Z")) {
      out.append('Z');
      return;
    }
    int magnitude = Math.abs(seconds);
    String colon = layout.contains(":") ? ":" : "";
    int pairs = layout.replace(":", "").length() / 2;
    out.append(seconds < 0 ? '-' : '+');
    number(magnitude / 3600, 2);
    if (pairs > 1) {
      out.append(colon);
      number(magnitude / 60 % 60, 2);
    }
    if (pairs > 2) {
      out.append(colon);
      number(magnitude % 60, 2);
    }
  }
}
