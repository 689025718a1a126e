package dev.blastwall.protocol.sql.describe;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.Locale;
import java.util.Set;

/** Values of the options that many utility statements take ({@code DefElem}). */
final class Options {

  private static final Set<String> OFF = Set.of("off", "false", "0");

  private Options() {}

  /** The option's value as text; empty when it has none. */
  static String text(Node option) {
    return option
        .child("arg")
        .map(value ->
            switch (value.kind()) {
              case "Integer" -> value.fields().path("ival").asText("0");
              case "Boolean" -> value.fields().path("boolval").asText("false");
              default -> value.text("sval");
            })
        .orElse("");
  }

  /** Whether a boolean option is turned off; without a value it is on. */
  static boolean isOff(Node option) {
    return option.has("arg") && OFF.contains(text(option).toLowerCase(Locale.ROOT));
  }
}
