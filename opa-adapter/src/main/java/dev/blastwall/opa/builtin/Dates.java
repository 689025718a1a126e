package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;
import java.util.Map;

/** Times as text, in Go's layouts, and arithmetic by the calendar. */
final class Dates {
  private static final String RFC3339 = "2006-01-02T15:04:05Z07:00";
  private static final String RFC3339_NANO = "2006-01-02T15:04:05.999999999Z07:00";

  /** The layouts that have a name. */
  private static final Map<String, String> NAMED =
      Map.of(
          "ANSIC", "Mon Jan _2 15:04:05 2006",
          "UnixDate", "Mon Jan _2 15:04:05 MST 2006",
          "RubyDate", "Mon Jan 02 15:04:05 -0700 2006",
          "RFC822", "02 Jan 06 15:04 MST",
          "RFC822Z", "02 Jan 06 15:04 -0700",
          "RFC850", "Monday, 02-Jan-06 15:04:05 MST",
          "RFC1123", "Mon, 02 Jan 2006 15:04:05 MST",
          "RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700",
          "RFC3339", RFC3339,
          "RFC3339Nano", RFC3339_NANO);

  private Dates() {}

  static void register(Builtins.Registry registry) {
    registry.unary(
        "time.parse_rfc3339_ns", (context, text) -> parse(RFC3339, Operands.string(text, 1)));
    registry.binary(
        "time.parse_ns",
        (context, layout, text) -> {
          String name = Operands.string(layout, 1);
          return parse(NAMED.getOrDefault(name, name), Operands.string(text, 2));
        });
    registry.unary("time.format", (context, time) -> format(time));
    registry.quaternary("time.add_date", (context, time, y, m, d) -> addDate(time, y, m, d));
    registry.binary("time.diff", (context, a, b) -> difference(Times.zoned(a), Times.zoned(b)));
  }

  private static Value parse(String layout, String text) {
    return Times.nanos(GoTimeParser.parse(layout, text));
  }

  private static Value format(Value time) {
    ZonedDateTime zoned = Times.zoned(time);
    String layout = "";
    if (time instanceof ArrayValue array && array.size() > 2) {
      layout = Operands.string(array.get(2), 1);
    }
    return new StringValue(
        GoTimeFormat.format(
            zoned, layout.isEmpty() ? RFC3339_NANO : NAMED.getOrDefault(layout, layout)));
  }

  private static Value addDate(Value time, Value years, Value months, Value days) {
    ZonedDateTime from = Times.zoned(time);
    long y = Operands.integer(years, 2);
    long m = Operands.integer(months, 3);
    long d = Operands.integer(days, 4);
    try {
      // A day that the month lacks runs on into the next one.
      LocalDate date =
          from.toLocalDate()
              .withDayOfMonth(1)
              .plusYears(y)
              .plusMonths(m)
              .plusDays(Math.addExact(from.getDayOfMonth() - 1L, d));
      return Times.nanos(
          resolve(LocalDateTime.of(date, from.toLocalTime()), from.getZone().getRules()));
    } catch (DateTimeException | ArithmeticException e) {
      throw BuiltinFailure.failed("time outside of valid range");
    }
  }

  /** As Go chooses where clocks are changed: the offset of its second guess. */
  private static Instant resolve(LocalDateTime local, ZoneRules rules) {
    Instant asUtc = local.toInstant(ZoneOffset.UTC);
    ZoneOffset guess = rules.getOffset(asUtc);
    return guess.getTotalSeconds() == 0
        ? asUtc
        : local.toInstant(rules.getOffset(local.toInstant(guess)));
  }

  /** Years, months, days, hours, minutes and seconds between two times. */
  private static Value difference(ZonedDateTime a, ZonedDateTime b) {
    ZonedDateTime other = b.withZoneSameInstant(a.getZone());
    boolean isOrdered = !a.isAfter(other);
    ZonedDateTime from = isOrdered ? a : other;
    ZonedDateTime to = isOrdered ? other : a;
    int[] parts = {
      to.getYear() - from.getYear(),
      to.getMonthValue() - from.getMonthValue(),
      to.getDayOfMonth() - from.getDayOfMonth(),
      to.getHour() - from.getHour(),
      to.getMinute() - from.getMinute(),
      to.getSecond() - from.getSecond()
    };
    int[] sizes = {0, 12, YearMonth.from(from).lengthOfMonth(), 24, 60, 60};
    for (int i = parts.length - 1; i > 0; i--) {
      if (parts[i] < 0) {
        parts[i] += sizes[i];
        parts[i - 1]--;
      }
    }
    ArrayValue difference = new ArrayValue(parts.length);
    for (int part : parts) {
      difference.add(Value.of(part));
    }
    return difference;
  }
}
