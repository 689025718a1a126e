package dev.blastwall.opa.builtin.graphql;

import java.util.ArrayList;
import java.util.List;

/** What a block string means: without common indentation and blank lines around it. */
final class BlockStrings {
  private BlockStrings() {}

  static String value(String raw) {
    List<String> lines = new ArrayList<>(List.of(raw.split("\n", -1)));
    int common =
        lines.stream()
            .filter(line -> indent(line) < line.length())
            .mapToInt(BlockStrings::indent)
            .min()
            .orElse(0);
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      lines.set(i, line.length() < common ? "" : line.substring(common));
    }
    int start = 0;
    int end = lines.size();
    while (start < end && isBlank(lines.get(start))) {
      start++;
    }
    while (start < end && isBlank(lines.get(end - 1))) {
      end--;
    }
    return String.join("\n", lines.subList(start, end));
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && " \t".indexOf(line.charAt(indent)) >= 0) {
      indent++;
    }
    return indent;
  }

  private static boolean isBlank(String line) {
    return indent(line) == line.length();
  }
}
