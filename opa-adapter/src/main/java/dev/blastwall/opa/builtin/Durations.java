package dev.blastwall.opa.builtin;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them, such as {@code 1h30m}, and OPA's days, weeks and years of 365 days.
 */
final class Durations {
  private static final Pattern WHOLE =
      Pattern.compile("[+-]?(0|((\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h|d|w|y))+)");
  private static final Pattern PART =
      Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h|d|w|y)");

  private static final Map<String, Long> NANOS =
      Map.ofEntries(
          Map.entry("ns", 1L),
          Map.entry("us", 1_000L),
          Map.entry("µs", 1_000L),
          Map.entry("μs", 1_000L),
          Map.entry("ms", 1_000_000L),
          Map.entry("s", 1_000_000_000L),
          Map.entry("m", 60_000_000_000L),
          Map.entry("h", 3_600_000_000_000L),
          Map.entry("d", 86_400_000_000_000L),
          Map.entry("w", 604_800_000_000_000L),
          Map.entry("y", 31_536_000_000_000_000L));

  private Durations() {}

  /** The duration in nanoseconds. */
  static long parse(String text) {
    String quoted = RegoText.of(dev.blastwall.opa.Value.of(text));
    if (text.length() > 100 || !WHOLE.matcher(text).matches()) {
      throw BuiltinFailure.failed("time: invalid duration " + quoted);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      // A fraction of a nanosecond is dropped in each part.
      nanos = nanos.add(new BigDecimal(nanos(parts.group(1), parts.group(2)).toBigInteger()));
    }
    try {
      return (text.startsWith("-") ? nanos.negate() : nanos).longValueExact();
    } catch (ArithmeticException e) {
      throw BuiltinFailure.failed("time: invalid duration " + quoted);
    }
  }

  /** OPA turns days and more into hours, by way of a binary fraction. */
  private static BigDecimal nanos(String digits, String unit) {
    long size = java.util.Objects.requireNonNull(NANOS.get(unit));
    long hour = java.util.Objects.requireNonNull(NANOS.get("h"));
    return size > hour
        ? new BigDecimal(Double.toString(Double.parseDouble(digits) * (size / hour)))
            .multiply(BigDecimal.valueOf(hour))
        : new BigDecimal(digits).multiply(BigDecimal.valueOf(size));
  }
}
