package dev.blastwall.protocol.sql.describe;

import static dev.blastwall.command.ColumnOrigin.WHOLE_ROW;
import static dev.blastwall.command.ColumnUse.Use.OUTPUT;
import static dev.blastwall.command.ColumnUse.Use.PREDICATE;
import static dev.blastwall.command.ColumnUse.Use.WRITE;

import dev.blastwall.command.TableAccess.Access;
import dev.blastwall.protocol.sql.grammar.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** COPY: its columns are those of the rows that it sends to the client. */
final class Copies {

  private final Facts facts;
  private final Queries queries;

  Copies(Facts facts, Queries queries) {
    this.facts = facts;
    this.queries = queries;
  }

  List<OutputColumn> copy(Node copy) {
    if (copy.flag("is_program")) {
      facts.sideEffect("copy_program");
    } else if (copy.has("filename")) {
      facts.sideEffect("copy_file");
    }
    facts.detail(detail(copy));
    List<OutputColumn> columns =
        copy.child("relation")
            .map(relation -> relation(copy, relation))
            .orElseGet(() -> queries.query(copy.child("query").orElseThrow(), Scope.EMPTY));
    return copy.flag("is_from") ? List.of() : columns;
  }

  private List<OutputColumn> relation(Node copy, Node table) {
    boolean in = copy.flag("is_from");
    facts.table(table, in ? Access.WRITE : Access.READ);
    Relation relation = FromItems.table(table);
    List<OutputColumn> columns = columns(copy, relation);
    facts.columns(OutputColumn.flows(columns), in ? WRITE : OUTPUT);
    Scope row = Scope.EMPTY.inner(List.of(relation));
    copy.child("whereClause").ifPresent(where -> queries.expressions().flow(where, row, PREDICATE));
    return columns;
  }

  private static List<OutputColumn> columns(Node copy, Relation relation) {
    List<String> names = copy.names("attlist");
    return names.isEmpty()
        ? List.of(OutputColumn.several(relation.column(WHOLE_ROW)))
        : names.stream().map(name -> OutputColumn.one(name, relation.column(name))).toList();
  }

  private static SqlDetail detail(Node copy) {
    SqlDetail.Format format = format(copy);
    boolean csv = format == SqlDetail.Format.CSV;
    String quote = option(copy, "quote").orElse("\"");
    return new SqlDetail.Copy(
        copy.flag("is_from"),
        format,
        copy.names("attlist"),
        !copy.has("filename"),
        option(copy, "delimiter").orElse(csv ? "," : "\t"),
        option(copy, "null").orElse(csv ? "" : "\\N"),
        quote,
        option(copy, "escape").orElse(quote),
        find(copy, "header").filter(header -> !Options.isOff(header)).isPresent(),
        find(copy, "encoding").isPresent());
  }

  private static SqlDetail.Format format(Node copy) {
    return switch (option(copy, "format").orElse("text").toLowerCase(Locale.ROOT)) {
      case "csv" -> SqlDetail.Format.CSV;
      case "binary" -> SqlDetail.Format.BINARY;
      default -> SqlDetail.Format.TEXT;
    };
  }

  private static Optional<String> option(Node copy, String name) {
    return find(copy, name).map(Options::text);
  }

  private static Optional<Node> find(Node copy, String name) {
    return copy.list("options").stream()
        .filter(option -> option.text("defname").equals(name))
        .findFirst();
  }
}
