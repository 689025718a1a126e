package dev.blastwall.protocol.sql;

import dev.blastwall.protocol.sql.describe.Texts;
import dev.blastwall.protocol.sql.grammar.Grammar;
import dev.blastwall.protocol.sql.grammar.Node;
import dev.blastwall.protocol.sql.grammar.Parsed;
import java.util.List;
import java.util.Optional;

/** Reads the texts in a text, within the same limits. */
record InnerTexts(Grammar grammar) implements Texts {

  @Override
  public Optional<List<Node>> sql(String text) {
    if (TextLimits.violation(text).isPresent()) {
      return Optional.empty();
    }
    return switch (grammar.parse(text)) {
      case Parsed.Tree(List<Node> statements) -> Optional.of(statements);
      case Parsed.SyntaxError(String message, int position) -> Optional.empty();
    };
  }

  @Override
  public Optional<List<Node>> plpgsql(String text) {
    return grammar.plpgsql(text);
  }
}
