package dev.blastwall.protocol.postgresql;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Dates and timestamps cut to the first day of their year; what is infinite, or not written as ISO
 * 8601 ({@code DateStyle} ISO), becomes NULL.
 */
final class Years {

  private static final Pattern ISO =
      Pattern.compile(
          "([0-9]{4,})-[0-9]{2}-[0-9]{2}"
              + "(?: [0-9]{2}:[0-9]{2}:[0-9.]+([+-][0-9]{2}(?::[0-9]{2}){0,2})?)?( BC)?");

  private static final long EPOCH = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long MICROS_A_DAY = TimeUnit.DAYS.toMicros(1);

  private Years() {}

  static byte @Nullable [] text(TypeShape.Time time, byte[] value) {
    Matcher matcher = ISO.matcher(new String(value, StandardCharsets.ISO_8859_1));
    if (!matcher.matches()) {
      return null;
    }
    String midnight = time == TypeShape.Time.TIMESTAMP ? " 00:00:00" : "";
    return (matcher.group(1) + "-01-01" + midnight + part(matcher, 2) + part(matcher, 3))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String part(Matcher matcher, int group) {
    String part = matcher.group(group);
    return part == null ? "" : part;
  }

  static byte @Nullable [] binary(TypeShape.Time time, byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    try {
      return switch (time) {
        case DATE -> value.length == Integer.BYTES ? date(bytes.getInt()) : null;
        case TIMESTAMP -> value.length == Long.BYTES ? timestamp(bytes.getLong()) : null;
      };
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static byte @Nullable [] date(int days) {
    return days == Integer.MIN_VALUE || days == Integer.MAX_VALUE
        ? null
        : ByteBuffer.allocate(Integer.BYTES).putInt((int) firstOfYear(days)).array();
  }

  private static byte @Nullable [] timestamp(long micros) {
    long days = Math.floorDiv(micros, MICROS_A_DAY);
    return micros == Long.MIN_VALUE || micros == Long.MAX_VALUE
        ? null
        : ByteBuffer.allocate(Long.BYTES).putLong(firstOfYear(days) * MICROS_A_DAY).array();
  }

  private static long firstOfYear(long days) {
    return LocalDate.ofEpochDay(days + EPOCH).withDayOfYear(1).toEpochDay() - EPOCH;
  }
}
