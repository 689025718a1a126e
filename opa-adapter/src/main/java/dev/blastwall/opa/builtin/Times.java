package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.Value;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** Time, in nanoseconds since 1970. */
final class Times {
  private static final String OPERAND = "either number (ns) or [number (ns), string (tz)]";
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Times() {}

  static void register(Builtins.Registry registry) {
    registry.nullary("time.now_ns", EvaluationContext::now);
    registry.nondeterministic("time.now_ns");
    registry.unary(
        "time.parse_duration_ns",
        (context, text) -> Value.of(Durations.parse(Operands.string(text, 1))));
    registry.unary("time.clock", (context, time) -> clock(zoned(time)));
    registry.unary("time.date", (context, time) -> date(zoned(time)));
    registry.unary(
        "time.weekday",
        (context, time) ->
            Value.of(zoned(time).getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
  }

  private static Value clock(ZonedDateTime time) {
    return ArrayValue.of(
        Value.of(time.getHour()), Value.of(time.getMinute()), Value.of(time.getSecond()));
  }

  private static Value date(ZonedDateTime time) {
    return ArrayValue.of(
        Value.of(time.getYear()), Value.of(time.getMonthValue()), Value.of(time.getDayOfMonth()));
  }

  static ZonedDateTime zoned(Value time) {
    if (time instanceof NumberValue number) {
      return at(number, ZoneOffset.UTC);
    }
    if (!(time instanceof ArrayValue array) || array.size() == 0) {
      throw Operands.wrongType(1, time, OPERAND);
    }
    NumberValue nanos = Operands.number(array.get(0), 1);
    return at(nanos, array.size() > 1 ? zone(Operands.string(array.get(1), 1)) : ZoneOffset.UTC);
  }

  private static ZonedDateTime at(NumberValue number, ZoneId zone) {
    if (!number.isLong()) {
      throw BuiltinFailure.failed("timestamp too big");
    }
    long nanos = number.longValue();
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND))
        .atZone(zone);
  }

  private static ZoneId zone(String name) {
    if (name.isEmpty() || name.equals("UTC")) {
      return ZoneOffset.UTC;
    }
    if (name.equals("Local")) {
      return ZoneId.systemDefault();
    }
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw BuiltinFailure.failed("unknown time zone " + name);
    }
    return ZoneId.of(name);
  }

  /** The nanoseconds, if 64 bits can hold them. */
  static Value nanos(Instant instant) {
    BigInteger nanos =
        BigInteger.valueOf(instant.getEpochSecond())
            .multiply(BigInteger.valueOf(NANOS_PER_SECOND))
            .add(BigInteger.valueOf(instant.getNano()));
    if (nanos.bitLength() >= Long.SIZE) {
      throw BuiltinFailure.failed("time outside of valid range");
    }
    return Value.of(nanos.longValue());
  }
}
