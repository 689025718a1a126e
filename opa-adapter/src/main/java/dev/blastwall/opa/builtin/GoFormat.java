package dev.blastwall.opa.builtin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Go's {@code fmt.Sprintf}: reads the format and puts the arguments in. */
final class GoFormat {
  /** Wider fields are refused by Go as well. */
  private static final int MAX_WIDTH = 1_000_000;

  private final String format;
  private final List<GoArgument> arguments;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int next;
  private boolean reordered;
  private boolean goodIndex;
  private boolean afterIndex;

  GoFormat(String format, List<GoArgument> arguments) {
    this.format = format;
    this.arguments = arguments;
  }

  String format() {
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      int end = percent < 0 ? format.length() : percent;
      out.append(format, at, end);
      at = end + 1;
      if (percent >= 0) {
        directive();
      }
    }
    if (!reordered && next < arguments.size()) {
      extra();
    }
    return out.toString();
  }

  private void directive() {
    goodIndex = true;
    afterIndex = false;
    GoVerb verb = new GoVerb(out);
    flags(verb);
    index();
    width(verb);
    precision(verb);
    if (!afterIndex) {
      index();
    }
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    int letter = format.codePointAt(at);
    at += Character.charCount(letter);
    put(verb, letter);
  }

  private void put(GoVerb verb, int letter) {
    if (letter == '%') {
      out.append('%');
    } else if (!goodIndex) {
      out.append("%!").appendCodePoint(letter).append("(BADINDEX)");
    } else if (next >= arguments.size()) {
      out.append("%!").appendCodePoint(letter).append("(MISSING)");
    } else {
      verb.write(arguments.get(next++), letter);
    }
  }

  private void flags(GoVerb verb) {
    while (at < format.length() && verb.flag(format.charAt(at))) {
      at++;
    }
  }

  /** An explicit argument index such as {@code [2]}. */
  private void index() {
    if (at >= format.length() || format.charAt(at) != '[') {
      afterIndex = false;
      return;
    }
    reordered = true;
    int close = format.indexOf(']', at);
    Integer wanted = close < 0 ? null : number(format.substring(at + 1, close));
    afterIndex = wanted != null;
    at = close < 0 ? at + 1 : close + 1;
    if (wanted != null && wanted >= 1 && wanted <= arguments.size()) {
      next = wanted - 1;
    } else {
      goodIndex = false;
    }
  }

  private static @Nullable Integer number(String digits) {
    return digits.matches("[0-9]{1,7}") && Integer.parseInt(digits) <= MAX_WIDTH
        ? Integer.valueOf(digits)
        : null;
  }

  private void width(GoVerb verb) {
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      Integer width = starArgument();
      if (width == null) {
        out.append("%!(BADWIDTH)");
      } else {
        verb.width(width);
      }
      afterIndex = false;
    } else {
      Integer width = number(digits());
      if (width != null) {
        verb.width(width);
        goodIndex &= !afterIndex;
      }
    }
  }

  private void precision(GoVerb verb) {
    if (at + 1 >= format.length() || format.charAt(at) != '.') {
      return;
    }
    at++;
    goodIndex &= !afterIndex;
    index();
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      Integer precision = starArgument();
      if (precision == null || precision < 0) {
        out.append("%!(BADPREC)");
      } else {
        verb.precision(precision);
      }
      afterIndex = false;
    } else {
      Integer precision = number(digits());
      verb.precision(precision == null ? 0 : precision);
    }
  }

  private String digits() {
    int start = at;
    while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
      at++;
    }
    return format.substring(start, at);
  }

  /** The argument that gives a width or precision. */
  private @Nullable Integer starArgument() {
    if (next >= arguments.size()) {
      return null;
    }
    GoArgument argument = arguments.get(next++);
    return argument instanceof GoArgument.Whole whole
            && whole.value().bitLength() < Integer.SIZE
            && Math.abs(whole.value().longValue()) <= MAX_WIDTH
        ? Integer.valueOf(whole.value().intValue())
        : null;
  }

  private void extra() {
    out.append("%!(EXTRA ");
    for (int i = next; i < arguments.size(); i++) {
      out.append(i == next ? "" : ", ").append(arguments.get(i).typeName()).append('=');
      new GoVerb(out).write(arguments.get(i), 'v');
    }
    out.append(')');
  }
}
