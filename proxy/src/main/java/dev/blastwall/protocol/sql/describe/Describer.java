package dev.blastwall.protocol.sql.describe;

import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Understanding;
import dev.blastwall.protocol.sql.grammar.Node;
import java.util.ArrayList;
import java.util.List;

/** Describes parse trees. */
public final class Describer {

  private Describer() {}

  /**
   * Describes the statements of one text.
   *
   * @param texts reads the texts that stand in it
   */
  public static Description describe(String text, List<Node> statements, Texts texts) {
    InnerText inside = InnerText.outermost(text, statements, texts);
    List<SqlStatement> described = new ArrayList<>();
    List<SqlDetail> details = new ArrayList<>();
    boolean partial = false;
    for (Node statement : statements) {
      Facts facts = new Facts(inside);
      described.add(new Statements(facts, Scope.EMPTY).describe(statement));
      details.add(facts.detail());
      partial |= facts.isPartial();
    }
    return new Description(
        partial ? Understanding.PARTIAL : Understanding.COMPLETE, described, details);
  }
}
