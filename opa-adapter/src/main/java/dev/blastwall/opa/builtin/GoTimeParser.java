package dev.blastwall.opa.builtin;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a time by a layout of Go ({@code time.Parse}); what it does not say is zero, in UTC. */
final class GoTimeParser {
  private static final Pattern ZONE_NAME =
      Pattern.compile(
          "ChST|MeST|GMT(?:[+-](?:2[0-3]|1[0-9]|0?[0-9])(?![0-9]))?"
              + "|[+-](?:2[0-3]|1[0-9]|0?[0-9])(?![0-9])"
              + "|(?:[A-Z]{4}T|[A-Z]{3}T|WITA|[A-Z]{3})(?![A-Z])");
  private static final Pattern OFFSET =
      Pattern.compile("([+-])([0-9]{2})(?:(:?)([0-9]{2})(?:(:?)([0-9]{2}))?)?");
  private static final int MAX_FRACTION = 9;

  private final String layout;
  private final String text;
  private String rest;
  private int year;
  private int month = -1;
  private int day = -1;
  private int yearDay = -1;
  private int hour;
  private int minute;
  private int second;
  private int nano;
  private int offset;
  private boolean isAm;
  private boolean isPm;

  private GoTimeParser(String layout, String text) {
    this.layout = layout;
    this.text = text;
    this.rest = text;
  }

  static Instant parse(String layout, String text) {
    GoTimeParser parser = new GoTimeParser(layout, text);
    List<GoTimeLayout.Part> parts = GoTimeLayout.parts(layout);
    for (int i = 0; i < parts.size(); i++) {
      boolean fractionFollows =
          i + 1 < parts.size() && parts.get(i + 1).field().name().startsWith("FRACTION");
      parser.read(parts.get(i), fractionFollows);
    }
    if (!parser.rest.isEmpty()) {
      throw parser.failure(": extra text: " + RegoText.quoted(parser.rest));
    }
    return parser.instant();
  }

  private BuiltinFailure failure(String what) {
    return BuiltinFailure.failed("parsing time " + RegoText.quoted(text) + what);
  }

  private BuiltinFailure mismatch(String expected) {
    return failure(
        " as "
            + RegoText.quoted(layout)
            + ": cannot parse "
            + RegoText.quoted(rest)
            + " as "
            + RegoText.quoted(expected));
  }

  private void read(GoTimeLayout.Part part, boolean fractionFollows) {
    String as = part.text();
    switch (part.field()) {
      case LITERAL -> literal(as);
      case YEAR -> {
        int short2 = number(2, 2, as);
        year = short2 + (short2 >= 69 ? 1900 : 2000);
      }
      case LONG_YEAR -> year = number(4, 4, as);
      case MONTH -> month = name(as, monthNames(TextStyle.SHORT));
      case LONG_MONTH -> month = name(as, monthNames(TextStyle.FULL));
      case NUM_MONTH -> month = inRange(number(1, 2, as), 1, 12, "month");
      case ZERO_MONTH -> month = inRange(number(2, 2, as), 1, 12, "month");
      case WEEKDAY -> name(as, dayNames(TextStyle.SHORT));
      case LONG_WEEKDAY -> name(as, dayNames(TextStyle.FULL));
      case DAY -> day = number(1, 2, as);
      case UNDER_DAY -> {
        skipSpaces(1);
        day = number(1, 2, as);
      }
      case ZERO_DAY -> day = number(2, 2, as);
      case UNDER_YEAR_DAY -> {
        skipSpaces(2);
        yearDay = number(1, 3, as);
      }
      case ZERO_YEAR_DAY -> yearDay = number(3, 3, as);
      case HOUR -> hour = inRange(number(1, 2, as), 0, 23, "hour");
      case HOUR_12 -> hour = inRange(number(1, 2, as), 0, 12, "hour");
      case ZERO_HOUR_12 -> hour = inRange(number(2, 2, as), 0, 12, "hour");
      case MINUTE -> minute = inRange(number(1, 2, as), 0, 59, "minute");
      case ZERO_MINUTE -> minute = inRange(number(2, 2, as), 0, 59, "minute");
      case SECOND -> second(1, as, fractionFollows);
      case ZERO_SECOND -> second(2, as, fractionFollows);
      case FRACTION -> fraction(as.length() - 1, as.length() - 1, as);
      case FRACTION_TRIMMED -> optionalFraction(as);
      case PM -> halfDay("AM", "PM", as);
      case PM_LOWER -> halfDay("am", "pm", as);
      case ZONE_NAME -> zoneName(as);
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
          offset(as);
    }
  }

  private void take(int length) {
    rest = rest.substring(length);
  }

  /** A space in the layout stands for any number of spaces. */
  private void literal(String literal) {
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == ' ') {
        if (!rest.isEmpty() && rest.charAt(0) != ' ') {
          throw mismatch(literal.substring(i));
        }
        while (i + 1 < literal.length() && literal.charAt(i + 1) == ' ') {
          i++;
        }
        skipSpaces(rest.length());
      } else if (rest.isEmpty() || rest.charAt(0) != c) {
        throw mismatch(literal.substring(i));
      } else {
        take(1);
      }
    }
  }

  private void skipSpaces(int most) {
    for (int i = 0; i < most && rest.startsWith(" "); i++) {
      take(1);
    }
  }

  private int number(int least, int most, String as) {
    int digits = 0;
    while (digits < most && digits < rest.length() && isDigit(rest.charAt(digits))) {
      digits++;
    }
    if (digits < least) {
      throw mismatch(as);
    }
    int value = Integer.parseInt(rest.substring(0, digits));
    take(digits);
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private int inRange(int value, int low, int high, String what) {
    if (value < low || value > high) {
      throw failure(": " + what + " out of range");
    }
    return value;
  }

  private static Stream<String> monthNames(TextStyle style) {
    return Stream.of(Month.values()).map(month -> month.getDisplayName(style, Locale.ENGLISH));
  }

  private static Stream<String> dayNames(TextStyle style) {
    return Stream.of(DayOfWeek.values()).map(day -> day.getDisplayName(style, Locale.ENGLISH));
  }

  /** Which of the names comes next, counted from 1. */
  private int name(String as, Stream<String> names) {
    List<String> all = names.toList();
    for (int i = 0; i < all.size(); i++) {
      String name = all.get(i);
      if (rest.regionMatches(true, 0, name, 0, name.length())) {
        take(name.length());
        return i + 1;
      }
    }
    throw mismatch(as);
  }

  /** A fraction may follow although the layout has none. */
  private void second(int least, String as, boolean fractionFollows) {
    second = inRange(number(least, 2, as), 0, 59, "second");
    if (!fractionFollows) {
      optionalFraction(as);
    }
  }

  private void optionalFraction(String as) {
    if (rest.length() >= 2 && ".,".indexOf(rest.charAt(0)) >= 0 && isDigit(rest.charAt(1))) {
      fraction(1, rest.length(), as);
    }
  }

  private void fraction(int least, int most, String as) {
    if (rest.isEmpty() || ".,".indexOf(rest.charAt(0)) < 0) {
      throw mismatch(as);
    }
    int end = 1;
    while (end < rest.length() && end <= most && isDigit(rest.charAt(end))) {
      end++;
    }
    if (end <= least) {
      throw mismatch(as);
    }
    String digits = rest.substring(1, Math.min(end, MAX_FRACTION + 1));
    nano = Integer.parseInt(digits + "0".repeat(MAX_FRACTION - digits.length()));
    take(end);
  }

  private void halfDay(String am, String pm, String as) {
    isPm |= rest.startsWith(pm);
    isAm |= rest.startsWith(am);
    if (!rest.startsWith(pm) && !rest.startsWith(am)) {
      throw mismatch(as);
    }
    take(2);
  }

  private void zoneName(String as) {
    Matcher name = ZONE_NAME.matcher(rest);
    if (rest.startsWith("UTC")) {
      take(3);
    } else if (name.lookingAt()) {
      // A name says nothing about the offset, not even GMT+3.
      take(name.end());
    } else {
      throw mismatch(as);
    }
  }

  private void offset(String as) {
    if (as.startsWith("Z") && rest.startsWith("Z")) {
      take(1);
      return;
    }
    int length = as.length();
    Matcher parts = OFFSET.matcher(rest.substring(0, Math.min(length, rest.length())));
    String colon = as.contains(":") ? ":" : "";
    boolean fits =
        parts.matches()
            && parts.end() == length
            && (parts.group(3) == null || parts.group(3).equals(colon))
            && (parts.group(5) == null || parts.group(5).equals(colon));
    if (!fits) {
      throw mismatch(as);
    }
    int hours = inRange(Integer.parseInt(parts.group(2)), 0, 24, "time zone offset hour");
    int minutes = inRange(two(parts.group(4)), 0, 60, "time zone offset minute");
    int seconds = inRange(two(parts.group(6)), 0, 60, "time zone offset second");
    int magnitude = (hours * 60 + minutes) * 60 + seconds;
    offset = parts.group(1).equals("-") ? -magnitude : magnitude;
    take(length);
  }

  private static int two(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private Instant instant() {
    int hourOfDay = isPm && hour < 12 ? hour + 12 : isAm && hour == 12 ? 0 : hour;
    try {
      LocalTime time = LocalTime.of(hourOfDay, minute, second, nano);
      return LocalDateTime.of(date(), time).toInstant(ZoneOffset.UTC).minusSeconds(offset);
    } catch (DateTimeException e) {
      throw failure(": day out of range");
    }
  }

  private LocalDate date() {
    if (yearDay < 0) {
      return LocalDate.of(year, month < 0 ? 1 : month, day < 0 ? 1 : day);
    }
    if (yearDay < 1 || yearDay > Year.of(year).length()) {
      throw failure(": day-of-year out of range");
    }
    LocalDate date = LocalDate.ofYearDay(year, yearDay);
    boolean agrees =
        (month < 0 || date.getMonthValue() == month) && (day < 0 || date.getDayOfMonth() == day);
    if (!agrees) {
      throw failure(": day-of-year does not match " + (month >= 0 ? "month" : "day"));
    }
    return date;
  }
}
