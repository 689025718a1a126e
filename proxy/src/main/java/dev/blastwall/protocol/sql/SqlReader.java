package dev.blastwall.protocol.sql;

import dev.blastwall.masking.MaskedForm;
import dev.blastwall.protocol.sql.describe.Describer;
import dev.blastwall.protocol.sql.describe.TooComplexException;
import dev.blastwall.protocol.sql.grammar.Grammar;
import dev.blastwall.protocol.sql.grammar.Node;
import dev.blastwall.protocol.sql.grammar.Parsed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker's parser. Belongs to one thread. */
final class SqlReader {

  private static final Logger LOG = LoggerFactory.getLogger(SqlReader.class);

  private @Nullable Grammar grammar;

  /** Gets ready, so that the first text does not wait for it. */
  void warmUp() {
    read("SELECT 1");
  }

  /** Reads {@code text}. Never throws: what cannot be read says so. */
  Reading read(String text) {
    return TextLimits.violation(text).map(Reading::unreadable).orElseGet(() -> parsed(text));
  }

  private Reading parsed(String text) {
    try {
      if (grammar == null) {
        grammar = new Grammar();
      }
      return described(text, grammar);
    } catch (TooComplexException e) {
      return Reading.unreadable(TooComplexException.MESSAGE);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // After a fault the instance's memory is in doubt: the next text gets another.
      grammar = null;
      LOG.warn("parser replaced after a fault: {}", e.getClass().getSimpleName());
      return Reading.failed("the parser could not read the text");
    }
  }

  private static Reading described(String text, Grammar grammar) {
    return switch (grammar.parse(text)) {
      case Parsed.Tree(List<Node> statements) ->
          Reading.of(
              Describer.describe(text, statements, new InnerTexts(grammar)),
              statements.stream().anyMatch(SqlReader::holdsMaskedLiteral));
      case Parsed.SyntaxError(String message, int position) ->
          Reading.unreadable(position > 0 ? message + " at character " + position : message);
    };
  }

  private static boolean holdsMaskedLiteral(Node node) {
    return node.is("A_Const")
        ? MaskedForm.appearsIn(node.fields().path("sval").path("sval").asText(""))
        : node.children().stream().anyMatch(SqlReader::holdsMaskedLiteral);
  }
}
