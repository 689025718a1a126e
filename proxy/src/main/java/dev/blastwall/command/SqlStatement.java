package dev.blastwall.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SQL statement, described as far as its text tells.
 *
 * @param type the kind of statement in lower snake case: {@code select}, {@code copy}, …
 * @param tables every relation that the text names, once per access
 * @param columns every column that the text uses; an unqualified name stands once per candidate
 * @param functions every function called, lower case, qualified where the text qualifies it
 * @param hasWhere whether the outermost statement restricts its rows
 * @param limit the constant LIMIT of the outermost statement, in rows, or null
 * @param sideEffects what the statement does besides its type, in lower snake case
 * @param outputs where the columns of the result come from
 */
public record SqlStatement(
    String type,
    List<TableAccess> tables,
    List<ColumnUse> columns,
    List<String> functions,
    boolean hasWhere,
    @Nullable Long limit,
    List<String> sideEffects,
    Lineage outputs) {

  public SqlStatement {
    tables = List.copyOf(tables);
    columns = List.copyOf(columns);
    functions = List.copyOf(functions);
    sideEffects = List.copyOf(sideEffects);
  }
}
