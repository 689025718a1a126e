package dev.blastwall.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as OPA reads them ({@code time.parse_duration_ns}): {@code 10m}, {@code 1h30m}. */
final class GoDuration {

  private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

  private GoDuration() {}

  static Duration parse(Document document, String name) throws MalformedDecisionException {
    String text = document.text(name);
    if (!WHOLE.matcher(text).matches()) {
      throw document.malformed(name, "must be a duration such as 90s, 10m or 1h30m");
    }
    Duration sum = Duration.ZERO;
    for (Matcher part = PART.matcher(text); part.find(); ) {
      BigDecimal nanos = new BigDecimal(part.group(1)).multiply(nanosOf(part.group(2)));
      sum = sum.plusNanos(nanos.longValue());
    }
    return sum;
  }

  private static BigDecimal nanosOf(String unit) {
    Duration one =
        switch (unit) {
          case "ms" -> Duration.ofMillis(1);
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          case "h" -> Duration.ofHours(1);
          default -> throw new IllegalArgumentException("not a unit: " + unit);
        };
    return BigDecimal.valueOf(one.toNanos());
  }
}
