package dev.blastwall.protocol.postgresql;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Reads the start-up parameter {@code options} as the server does (postinit.c, pg_split_opts):
 * words divided by white space, where a backslash takes the next character as it is. Only {@code -c
 * name=value} and {@code --name=value} are allowed; the server's other switches are not settings.
 */
final class StartupOptions {

  private StartupOptions() {}

  /** The names of the settings in {@code options}. */
  static List<String> names(String options) {
    List<String> names = new ArrayList<>();
    Iterator<String> words = words(options).iterator();
    while (words.hasNext()) {
      names.add(name(assignment(words.next(), words)));
    }
    return names;
  }

  private static String assignment(String word, Iterator<String> rest) {
    if (word.startsWith("--") || word.startsWith("-c") && word.length() > 2) {
      return word.substring(2);
    }
    if (word.equals("-c") && rest.hasNext()) {
      return rest.next();
    }
    throw new StartupRefusedException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "the start-up parameter options takes -c name=value and nothing else");
  }

  private static String name(String assignment) {
    int equals = assignment.indexOf('=');
    // The server reads a dash in a name as an underscore (guc.c, ParseLongOption).
    return (equals < 0 ? assignment : assignment.substring(0, equals)).strip().replace('-', '_');
  }

  private static List<String> words(String options) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < options.length(); i++) {
      char c = options.charAt(i);
      if (c == '\\' && i + 1 < options.length()) {
        word.append(options.charAt(++i));
      } else if (isSpace(c)) {
        add(words, word);
      } else {
        word.append(c);
      }
    }
    add(words, word);
    return words;
  }

  private static void add(List<String> words, StringBuilder word) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  /** C's isspace. */
  private static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }
}
