package dev.blastwall.opa.builtin.template;

import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.template.Node.Operand;
import java.util.Set;

/** What is written out in an action, and the names of functions. */
final class Constants {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "and",
          "eq",
          "ge",
          "gt",
          "html",
          "index",
          "le",
          "len",
          "lt",
          "ne",
          "not",
          "or",
          "print",
          "printf",
          "println",
          "slice",
          "urlquery");

  private Constants() {}

  static Operand operand(String word) {
    char first = word.charAt(0);
    if (first == '"') {
      return new Operand.Constant(Value.of(unquote(word)));
    }
    if (first == '`') {
      return new Operand.Constant(Value.of(word.substring(1, word.length() - 1)));
    }
    if (first == '\'') {
      return new Operand.Constant((long) unquote(word).codePointAt(0));
    }
    if (word.equals("true") || word.equals("false")) {
      return new Operand.Constant(Value.of(word.equals("true")));
    }
    if (Character.isDigit(first) || first == '-' || first == '+') {
      return new Operand.Constant(number(word));
    }
    if (!FUNCTIONS.contains(word)) {
      throw new TemplateException("function \"" + word + "\" not defined");
    }
    return new Operand.Function(word);
  }

  private static Object number(String word) {
    try {
      String digits = word.replace("_", "");
      boolean isReal = !digits.startsWith("0x") && digits.matches(".*[.eE].*");
      return isReal ? (Object) Double.valueOf(digits) : (Object) Long.decode(digits);
    } catch (NumberFormatException e) {
      throw new TemplateException("bad number syntax: \"" + word + "\"");
    }
  }

  private static String unquote(String word) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < word.length() - 1; i++) {
      char c = word.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      c = word.charAt(++i);
      int named = "abfnrtv\\\"'".indexOf(c);
      if (named >= 0) {
        text.append("\u0007\b\f\n\r\t\u000b\\\"'".charAt(named));
      } else if (c == 'u' && i + 4 < word.length()) {
        text.append((char) Integer.parseInt(word, i + 1, i + 5, 16));
        i += 4;
      } else {
        throw new TemplateException("invalid syntax in string");
      }
    }
    return text.toString();
  }
}
