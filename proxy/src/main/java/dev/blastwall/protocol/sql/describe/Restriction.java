package dev.blastwall.protocol.sql.describe;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.stream.Stream;

/** Whether a WHERE clause can tell one row from another. */
final class Restriction {

  private Restriction() {}

  /** {@code WHERE true} and {@code WHERE 1 = 1} look at no row, so they restrict nothing. */
  static boolean restricts(Node statement) {
    return statement.has("larg")
        ? Stream.of("larg", "rarg").allMatch(side -> restricts(statement.child(side).orElseThrow()))
        : statement.child("whereClause").map(Restriction::looksAtRow).orElse(false);
  }

  private static boolean looksAtRow(Node expression) {
    return expression.is("ColumnRef")
        || expression.is("CurrentOfExpr")
        || expression.children().stream().anyMatch(Restriction::looksAtRow);
  }
}
