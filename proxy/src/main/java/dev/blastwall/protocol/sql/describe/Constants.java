package dev.blastwall.protocol.sql.describe;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Values that stand in the text. */
final class Constants {

  private Constants() {}

  /** Other types cut a text off, or change it. */
  private static final Set<String> TEXTS = Set.of("text", "regclass");

  /** A string constant, perhaps with a cast; empty for anything else. */
  static Optional<String> text(Node value) {
    if (value.is("TypeCast")) {
      return value.child("typeName").filter(Constants::keepsText).isPresent()
          ? value.child("arg").flatMap(Constants::text)
          : Optional.empty();
    }
    return value.is("A_Const") && value.has("sval")
        ? Optional.of(value.fields().path("sval").path("sval").asText(""))
        : Optional.empty();
  }

  private static boolean keepsText(Node type) {
    List<String> names = type.names("names");
    return !names.isEmpty()
        && TEXTS.contains(names.getLast())
        && !type.has("typmods")
        && !type.has("arrayBounds");
  }
}
