package dev.blastwall.opa.bundle;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.RegoSources;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rules by which a bundle keeps something out of the decision log. A plan has what was named
 * when it was built and nothing else, so a bundle can carry these rules and nobody could ask them:
 * then what they should hide would stand in the log.
 */
final class LogRules {
  /** Below which package they stand under which name. */
  private static final Map<String, Map<String, String>> RULES =
      Map.of(
          "system.log", Map.of("mask", "system/log/mask", "drop", "system/log/drop"),
          "system", Map.of("log.mask", "system/log/mask", "log.drop", "system/log/drop"));

  /** The first statement of a module. */
  private static final Pattern PACKAGE =
      Pattern.compile("^(?:\\s|#[^\n]*\n)*package\\s+([\\w.\\[\"\\]]+)");

  /** As much of Rego as tells where a rule begins. */
  private static final Pattern TOKEN =
      Pattern.compile("#[^\n]*|\"(?:[^\"\\\\\n]|\\\\.)*\"|`[^`]*`|[\\[({]|[\\])}]|[\\w.]+|\n");

  private LogRules() {}

  /** Refuses a bundle that has such rules in its sources but not among its entrypoints. */
  static void requireEntrypoints(RegoSources sources, Set<String> entrypoints)
      throws BundleException {
    SortedSet<String> missing = new TreeSet<>();
    sources.files().values().forEach(module -> missing.addAll(wanted(module)));
    missing.removeAll(entrypoints);
    if (!missing.isEmpty()) {
      throw new BundleException(
          "the bundle has rules for what must not stand in the decision log, and was built without"
              + " a way to ask them; build it with opa build"
              + missing.stream().map(path -> " -e " + path).collect(Collectors.joining()));
    }
  }

  /** The entrypoints that a module needs. */
  private static Set<String> wanted(String module) {
    Matcher matcher = PACKAGE.matcher(module);
    if (!matcher.find()) {
      return Set.of();
    }
    String name = matcher.group(1).replace("[\"", ".").replace("\"]", "");
    Map<String, String> rules = RULES.get(name);
    return rules == null ? Set.of() : wanted(module.substring(matcher.end()), rules);
  }

  /** What begins a line and stands in nothing else is the name of a rule. */
  private static Set<String> wanted(String module, Map<String, String> rules) {
    Set<String> wanted = new TreeSet<>();
    Matcher token = TOKEN.matcher(module);
    int depth = 0;
    boolean first = false;
    while (token.find()) {
      String text = token.group();
      switch (text.charAt(0)) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth--;
        default -> {
          if (first && depth == 0 && rules.containsKey(text)) {
            wanted.add(rules.get(text));
          }
        }
      }
      first = text.equals("\n") || first && text.equals("default");
    }
    return wanted;
  }
}
