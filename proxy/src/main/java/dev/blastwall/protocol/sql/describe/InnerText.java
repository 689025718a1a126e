package dev.blastwall.protocol.sql.describe;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A text that statements stand in, and that may itself stand in one.
 *
 * @param text the text
 * @param statements its statements
 * @param texts reads the texts in it
 * @param depth how many texts are around it
 */
record InnerText(String text, List<Node> statements, Texts texts, int depth) {

  /** Texts in texts in texts: beyond, nobody means well. */
  private static final int DEEPEST = 4;

  /** What policy sees by the tables and columns that a statement touches. */
  private static final Set<String> PLAIN = Set.of("select", "transaction", "show", "set");

  static InnerText outermost(String text, List<Node> statements, Texts texts) {
    return new InnerText(text, statements, texts, 0);
  }

  /**
   * Describes an SQL text that a statement runs.
   *
   * @param facts of the statement
   * @param scope what names of the text may mean besides
   * @return what may be in its results
   */
  static Flow run(String text, Facts facts, Scope scope) {
    InnerText around = facts.inside();
    Optional<List<Node>> statements =
        around.depth == DEEPEST ? Optional.empty() : around.texts.sql(text);
    if (statements.isEmpty()) {
      facts.partial();
      return Flow.UNKNOWN;
    }
    Flow flow = Flow.UNKNOWN;
    InnerText inner = new InnerText(text, statements.get(), around.texts, around.depth + 1);
    for (Node statement : statements.get()) {
      Facts found = new Facts(inner);
      String type = new Statements(found, scope).run(statement);
      facts.absorb(found);
      flow = flow.and(found.touched());
      noteRun(type, facts);
    }
    return flow;
  }

  /** Notes that a statement runs another one of that type. */
  static void noteRun(String type, Facts facts) {
    if (!PLAIN.contains(type)) {
      facts.sideEffect("runs:" + type);
    }
  }

  /** What PL/pgSQL's parser says of a function or block of this text; empty when it refuses. */
  Optional<Node> plpgsql(Node code) {
    List<Node> bodies = statements.stream().filter(CodeBodies::isCode).toList();
    if (!bodies.stream().allMatch(CodeBodies::isString)) {
      // The parser takes it for granted.
      return Optional.empty();
    }
    int index = bodies.indexOf(code);
    return texts
        .plpgsql(text)
        .or(() -> RowTypes.plpgsql(text, texts))
        .filter(functions -> functions.size() == bodies.size() && index >= 0)
        .map(functions -> functions.get(index));
  }
}
