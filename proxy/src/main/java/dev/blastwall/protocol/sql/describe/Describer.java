package dev.blastwall.protocol.sql.describe;

import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Understanding;
import dev.blastwall.protocol.sql.grammar.Node;
import java.util.ArrayList;
import java.util.List;

/** Describes parse trees. */
public final class Describer {

  private Describer() {}

  /** Describes the statements of one text. */
  public static Description describe(List<Node> statements) {
    List<SqlStatement> described = new ArrayList<>();
    List<SqlDetail> details = new ArrayList<>();
    boolean partial = false;
    for (Node statement : statements) {
      Facts facts = new Facts();
      described.add(new Statements(facts).describe(statement));
      details.add(facts.detail());
      partial |= facts.isPartial();
    }
    return new Description(
        partial ? Understanding.PARTIAL : Understanding.COMPLETE, described, details);
  }
}
