package dev.blastwall.protocol.sql.describe;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Variables of a table's row type: without a catalog PL/pgSQL's parser takes them for scalars, and
 * stumbles over their fields. Read as {@code record} they are nothing else to us.
 */
final class RowTypes {

  private static final Pattern ROW_TYPE =
      Pattern.compile("(?i)[a-z_][a-z0-9_]*(?:\\.[a-z_][a-z0-9_]*)?%rowtype\\b");

  private static final Pattern RECORD = Pattern.compile("(?i)\\brecord\\b");

  private RowTypes() {}

  /** What the parser says when they are records; empty when that could change anything else. */
  static Optional<List<Node>> plpgsql(String text, Texts texts) {
    String changed = ROW_TYPE.matcher(text).replaceAll("record");
    long words = RECORD.matcher(changed).results().count();
    return changed.equals(text)
        ? Optional.empty()
        : texts.plpgsql(changed).filter(functions -> words == records(functions));
  }

  /**
   * How many variables are records: as many as the text has that word, so it means nothing else.
   */
  private static long records(List<Node> nodes) {
    return nodes.stream()
        .filter(node -> node.has("datums"))
        .flatMap(function -> function.list("datums").stream())
        .filter(datum -> datum.is("PLpgSQL_rec"))
        .flatMap(datum -> datum.child("datatype").stream())
        .filter(type -> type.text("typname").equals("record"))
        .count();
  }
}
