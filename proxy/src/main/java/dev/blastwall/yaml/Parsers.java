package dev.blastwall.yaml;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How scalars are read. */
public final class Parsers {

  public static final Parser<String> TEXT =
      text -> {
        if (text.isBlank()) {
          throw new IllegalArgumentException("must not be empty");
        }
        return text;
      };

  /** An address that only this machine reaches. */
  public static final Parser<String> LOOPBACK = Parsers::loopback;

  public static final Parser<Boolean> FLAG =
      text ->
          switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
          };

  public static final Parser<Integer> PORT = text -> port(text, 1);

  /** A port to listen at: 0 lets the system choose. */
  public static final Parser<Integer> LISTENING_PORT = text -> port(text, 0);

  public static final Parser<Duration> DURATION = Parsers::duration;

  /** A number of bytes. */
  public static final Parser<Integer> BYTES = Parsers::bytes;

  private static final int MAX_PORT = 65535;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern BYTES_FORM = Pattern.compile("([0-9]{1,3})(B|KiB|MiB)");
  private static final Pattern DURATION_FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private Parsers() {}

  private static String loopback(String text) {
    boolean loopback = text.equals("localhost") || isLoopbackLiteral(text);
    if (!loopback) {
      throw new IllegalArgumentException(
          "must be localhost, 127.0.0.1 or ::1: put a proxy that speaks TLS in front");
    }
    return text;
  }

  private static boolean isLoopbackLiteral(String text) {
    try {
      return InetAddress.ofLiteral(text).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The constant whose name in the file is its own in lower case with hyphens. */
  public static <E extends Enum<E>> Parser<E> oneOf(Class<E> type) {
    return text ->
        Arrays.stream(type.getEnumConstants())
            .filter(constant -> word(constant).equals(text))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("must be one of " + words(type)));
  }

  private static <E extends Enum<E>> String words(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Parsers::word)
        .collect(Collectors.joining(", "));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static int port(String text, int lowest) {
    if (NUMBER.matcher(text).matches()) {
      int port = Integer.parseInt(text);
      if (port >= lowest && port <= MAX_PORT) {
        return port;
      }
    }
    throw new IllegalArgumentException("must be a port number from " + lowest + " to " + MAX_PORT);
  }

  private static int bytes(String text) {
    Matcher matcher = BYTES_FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a size such as 500B, 32KiB or 256MiB");
    }
    int amount = Integer.parseInt(matcher.group(1));
    return switch (matcher.group(2)) {
      case "B" -> amount;
      case "KiB" -> amount << 10;
      default -> amount << 20;
    };
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION_FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a duration such as 500ms, 30s, 10m, 24h or 7d");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
