package dev.blastwall.policy;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.ColumnUse;
import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.TableAccess;
import dev.blastwall.command.Unclassified;
import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Commands and results as values of the contract's {@code input.command} and {@code input.result}.
 */
final class CommandInput {

  /** Members of the largest object here. */
  private static final int MEMBERS = 8;

  private CommandInput() {}

  static Value command(Command command, CommandDigest digest, Value statements) {
    return switch (command) {
      case SqlBatch sql -> sql(sql, digest, statements);
      case Unclassified unclassified ->
          new ObjectValue(MEMBERS)
              .put("kind", unclassified.kind())
              .put("protocol", unclassified.protocol())
              .put("description", unclassified.description())
              .put("digest", digest.hex());
    };
  }

  private static Value sql(SqlBatch sql, CommandDigest digest, Value statements) {
    return new ObjectValue(MEMBERS)
        .put("kind", sql.kind())
        .put("dialect", sql.dialect())
        .put("text", sql.text())
        .put("digest", digest.hex())
        .put("understanding", sql.understanding().word())
        .put("statements", statements)
        .put("parameters", strings(sql.parameters()))
        .put("masked_tokens", sql.maskedTokens());
  }

  static Value statements(List<SqlStatement> statements) {
    return array(statements, CommandInput::statement);
  }

  private static Value statement(SqlStatement statement) {
    return new ObjectValue(MEMBERS)
        .put("type", statement.type())
        .put("tables", array(statement.tables(), CommandInput::table))
        .put("columns", array(statement.columns(), CommandInput::column))
        .put("functions", strings(statement.functions()))
        .put("has_where", statement.hasWhere())
        .put("limit", limit(statement))
        .put("side_effects", strings(statement.sideEffects()));
  }

  private static Value table(TableAccess table) {
    return new ObjectValue(MEMBERS)
        .put("schema", table.schema())
        .put("name", table.name())
        .put("access", table.access().word());
  }

  private static Value column(ColumnUse use) {
    return new ObjectValue(MEMBERS)
        .put("schema", use.column().schema())
        .put("table", use.column().table())
        .put("name", use.column().column())
        .put("use", use.use().word());
  }

  private static Value limit(SqlStatement statement) {
    return statement.limit() == null ? NullValue.NULL : NumberValue.of(statement.limit());
  }

  static Value columns(List<ResultColumn> columns) {
    ArrayValue array = new ArrayValue(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      array.add(column(i, columns.get(i)));
    }
    return array;
  }

  private static Value column(int index, ResultColumn column) {
    return new ObjectValue(MEMBERS)
        .put("index", index)
        .put("name", column.name())
        .put("type", column.type())
        .put("origins", array(column.origins(), CommandInput::origin))
        .put("traced", column.traced())
        .put("direct", column.direct());
  }

  private static Value origin(ColumnOrigin origin) {
    return new ObjectValue(MEMBERS)
        .put("schema", origin.schema())
        .put("table", origin.table())
        .put("column", origin.column());
  }

  static <T> ArrayValue array(List<T> elements, Function<T, Value> toValue) {
    ArrayValue array = new ArrayValue(elements.size());
    for (T element : elements) {
      array.add(toValue.apply(element));
    }
    return array;
  }

  static ArrayValue strings(List<? extends @Nullable String> texts) {
    ArrayValue array = new ArrayValue(texts.size());
    for (String text : texts) {
      array.add(text == null ? NullValue.NULL : new StringValue(text));
    }
    return array;
  }
}
