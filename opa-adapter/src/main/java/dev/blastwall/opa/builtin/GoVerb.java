package dev.blastwall.opa.builtin;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One directive of a format: its flags, and how it writes an argument (Go's {@code fmt/print.go},
 * {@code format.go}).
 */
final class GoVerb {
  private final StringBuilder out;
  private boolean sharp;
  private boolean zero;
  private boolean plus;
  private boolean minus;
  private boolean space;
  private int width;
  private int precision = -1;

  GoVerb(StringBuilder out) {
    this.out = out;
  }

  /** Takes a character if it is a flag. */
  boolean flag(char c) {
    switch (c) {
      case '#' -> sharp = true;
      case '0' -> zero = true;
      case '+' -> plus = true;
      case '-' -> minus = true;
      case ' ' -> space = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A negative width fills on the right. */
  void width(int wanted) {
    width = Math.abs(wanted);
    minus |= wanted < 0;
    zero &= wanted >= 0;
  }

  void precision(int wanted) {
    precision = wanted;
  }

  void write(GoArgument argument, int verb) {
    if (verb == 'T') {
      text(argument, argument.typeName(), 's');
      return;
    }
    boolean isGoSyntax = verb == 'v' && sharp;
    if (verb == 'v') {
      // Here these flags ask for another notation, which numbers do not have.
      sharp = false;
      plus &= argument.typeName().equals("*big.Int");
    }
    if (isGoSyntax && argument instanceof GoArgument.Text text) {
      text(text, text.value(), 'q');
      return;
    }
    plain(argument, verb);
  }

  private void plain(GoArgument argument, int verb) {
    switch (argument) {
      case GoArgument.Whole(BigInteger value) -> whole(argument, value, verb);
      case GoArgument.Real(double value) -> real(argument, value, verb);
      case GoArgument.Text text -> text(text, text.value(), verb);
    }
  }

  private void pad(String text) {
    String filled = fill(text);
    out.append(minus ? text + filled : filled + text);
  }

  private String fill(String text) {
    int missing = Math.max(0, width - text.codePointCount(0, text.length()));
    return (zero && !minus ? "0" : " ").repeat(missing);
  }

  private void bad(GoArgument argument, int verb) {
    out.append("%!").appendCodePoint(verb).append('(');
    if (argument instanceof GoArgument.Whole whole && argument.typeName().equals("*big.Int")) {
      out.append("big.Int=").append(whole.value());
    } else {
      out.append(argument.typeName()).append('=');
      plain(argument, 'v');
    }
    out.append(')');
  }

  private void text(GoArgument argument, String value, int verb) {
    String shown = precision < 0 ? value : firstPoints(value, precision);
    switch (verb) {
      case 's', 'v' -> pad(shown);
      case 'q' -> pad(quoted(shown));
      case 'x' -> pad(hex(value));
      case 'X' -> pad(hex(value).toUpperCase(Locale.ROOT));
      default -> bad(argument, verb);
    }
  }

  private static String firstPoints(String text, int count) {
    return text.codePointCount(0, text.length()) <= count
        ? text
        : text.substring(0, text.offsetByCodePoints(0, count));
  }

  private String quoted(String text) {
    boolean canBackquote =
        text.indexOf('`') < 0 && text.chars().noneMatch(c -> c < ' ' && c != '\t');
    if (sharp && canBackquote) {
      return '`' + text + '`';
    }
    StringBuilder quoted = new StringBuilder();
    RegoText.quote(text, quoted);
    return plus ? ascii(quoted.toString()) : quoted.toString();
  }

  private static String ascii(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          if (point <= 0x7f) {
            out.append((char) point);
          } else {
            out.append(String.format(point <= 0xffff ? "\\u%04x" : "\\U%08x", point));
          }
        });
    return out.toString();
  }

  private String hex(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int length = precision < 0 ? utf8.length : Math.min(precision, utf8.length);
    HexFormat format =
        HexFormat.ofDelimiter(space ? " " : "").withPrefix(sharp && space ? "0x" : "");
    return (sharp && !space && length > 0 ? "0x" : "") + format.formatHex(utf8, 0, length);
  }

  private void whole(GoArgument argument, BigInteger value, int verb) {
    boolean isBig = argument.typeName().equals("*big.Int");
    if (isBig && "cqU".indexOf(verb) >= 0) {
      bad(argument, verb);
      return;
    }
    switch (verb) {
      case 'd', 'v' -> integer(value, value.abs().toString(), "");
      case 'b' -> integer(value, value.abs().toString(2), sharp ? "0b" : "");
      case 'o' -> integer(value, octal(value), "");
      case 'O' -> integer(value, isBig ? value.abs().toString(8) : octal(value), "0o");
      case 'x' -> integer(value, value.abs().toString(16), sharp ? "0x" : "");
      case 'X' ->
          integer(value, value.abs().toString(16).toUpperCase(Locale.ROOT), sharp ? "0X" : "");
      case 's' -> {
        if (isBig) {
          integer(value, value.abs().toString(), "");
        } else {
          bad(argument, verb);
        }
      }
      case 'c' -> pad(character(value));
      case 'q' -> pad(quotedCharacter(character(value)));
      case 'U' -> pad(codePoint(value));
      default -> bad(argument, verb);
    }
  }

  /** With the flag, a zero leads; it counts as a digit. */
  private String octal(BigInteger value) {
    String digits = value.abs().toString(8);
    boolean leads = sharp && value.signum() != 0 && digits.length() >= precision;
    return leads ? "0" + digits : digits;
  }

  private String codePoint(BigInteger value) {
    String digits = Long.toHexString(value.longValue()).toUpperCase(Locale.ROOT);
    String zeros = "0".repeat(Math.max(0, Math.max(4, precision) - digits.length()));
    boolean isShown = sharp && isCharacter(value) && RegoText.isPrintable(value.intValue());
    String shown = isShown ? " '" + character(value) + "'" : "";
    return "U+" + zeros + digits + shown;
  }

  private static String quotedCharacter(String character) {
    return switch (character) {
      case "'" -> "'\\''";
      case "\"" -> "'\"'";
      default -> RegoText.quoted(character).replace('"', '\'');
    };
  }

  private static String character(BigInteger value) {
    return Character.toString(isCharacter(value) ? value.intValue() : 0xFFFD);
  }

  private static boolean isCharacter(BigInteger value) {
    return value.signum() >= 0
        && value.bitLength() < 31
        && Character.isValidCodePoint(value.intValue());
  }

  private void integer(BigInteger value, String digits, String prefix) {
    if (precision == 0 && value.signum() == 0) {
      out.append(" ".repeat(width));
      return;
    }
    String sign = value.signum() < 0 ? "-" : sign();
    int zeros = precision >= 0 ? precision - digits.length() : 0;
    if (precision < 0 && zero && !minus) {
      zeros = width - sign.length() - digits.length();
    }
    boolean zeroFlag = zero;
    zero = false;
    pad(sign + prefix + "0".repeat(Math.max(0, zeros)) + digits);
    zero = zeroFlag;
  }

  private String sign() {
    return plus ? "+" : space ? " " : "";
  }

  private void real(GoArgument argument, double value, int verb) {
    if ("vbgGxXeEfF".indexOf(verb) < 0) {
      bad(argument, verb);
      return;
    }
    String shortest = GoFloat.format(Math.abs(value), verb, precision);
    String digits = sharp && verb != 'b' ? GoFloat.pointed(shortest, verb, precision) : shortest;
    String sign = value < 0 || 1 / value < 0 ? "-" : sign();
    if (zero && !minus && !sign.isEmpty()) {
      out.append(sign)
          .append("0".repeat(Math.max(0, width - sign.length() - digits.length())))
          .append(digits);
    } else {
      pad(sign + digits);
    }
  }
}
