package dev.blastwall.opa.builtin.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template into texts and actions, and actions into words. */
final class Lexer {
  private static final String SPACE = " \t\r\n";

  /** Fields, variables, strings, numbers, names and punctuation. */
  private static final Pattern WORD =
      Pattern.compile(
          "\\s+|\\$?[\\p{L}_][\\p{L}\\p{Nd}_]*|\\$|\\.[\\p{L}_][\\p{L}\\p{Nd}_]*"
              + "|\"(?:[^\"\\\\\n]|\\\\.)*+\"|`[^`]*+`|'(?:[^'\\\\\n]|\\\\.)++'"
              + "|[+-]?[0-9][0-9a-zA-Z_.]*(?:[eE][+-][0-9]+)?|:=|[=|(),.]");

  /** An action, or a text if {@code words} is empty. */
  record Piece(String text, List<String> words) {}

  private Lexer() {}

  static List<Piece> pieces(String template) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    boolean trimLeft = false;
    for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", at)) {
      String text = template.substring(at, open);
      boolean trimRight = isTrim(template, open + 2, 1);
      addText(pieces, text, trimLeft, trimRight);
      int start = open + 2 + (trimRight ? 2 : 0);
      int close = end(template, start);
      trimLeft = close > start + 1 && isTrim(template, close - 1, -1);
      String inside = template.substring(start, trimLeft ? close - 2 : close);
      if (!inside.startsWith("/*")) {
        pieces.add(new Piece("", words(inside)));
      }
      at = close + 2;
    }
    addText(pieces, template.substring(at), trimLeft, false);
    return pieces;
  }

  /** Whether a minus stands there with space on its inner side. */
  private static boolean isTrim(String template, int minus, int inwards) {
    int space = minus + inwards;
    return minus < template.length()
        && space < template.length()
        && template.charAt(minus) == '-'
        && SPACE.indexOf(template.charAt(space)) >= 0;
  }

  private static void addText(List<Piece> pieces, String text, boolean left, boolean right) {
    String trimmed = left ? text.replaceFirst("^[ \t\r\n]+", "") : text;
    trimmed = right ? trimmed.replaceFirst("[ \t\r\n]+$", "") : trimmed;
    if (!trimmed.isEmpty()) {
      pieces.add(new Piece(trimmed, List.of()));
    }
  }

  /** Where the action ends, behind its strings or comment. */
  private static int end(String template, int start) {
    if (template.startsWith("/*", start)) {
      int comment = template.indexOf("*/", start);
      int close = comment < 0 ? -1 : template.indexOf("}}", comment);
      String between = close < 0 ? "?" : template.substring(comment + 2, close);
      if (!between.isEmpty() && !between.equals(" -")) {
        throw new TemplateException("unclosed comment");
      }
      return close;
    }
    Matcher word = WORD.matcher(template);
    int at = start;
    while (!template.startsWith("}}", at)) {
      boolean isMinus =
          template.startsWith("-}}", at) && SPACE.indexOf(template.charAt(at - 1)) >= 0;
      if (!isMinus && !word.region(at, template.length()).lookingAt()) {
        throw new TemplateException(
            at < template.length() ? "unexpected character in action" : "unclosed action");
      }
      at = isMinus ? at + 1 : word.end();
    }
    return at;
  }

  private static List<String> words(String action) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(action);
    while (word.lookingAt()) {
      // Space matters: it parts a field of a value from a field of the dot.
      words.add(word.group().isBlank() ? " " : word.group());
      word.region(word.end(), action.length());
    }
    if (words.stream().allMatch(String::isBlank)) {
      throw new TemplateException("missing value for command");
    }
    return words;
  }
}
