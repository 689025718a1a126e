package dev.blastwall.policy;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.ColumnUse;
import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.Replication;
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
      case Replication replication ->
          new ObjectValue(MEMBERS)
              .put(Names.KIND, replication.kind())
              .put(Names.PROTOCOL, replication.protocol())
              .put(Names.MODE, replication.mode())
              .put(Names.DIGEST, digest.hex());
      case Unclassified unclassified ->
          new ObjectValue(MEMBERS)
              .put(Names.KIND, unclassified.kind())
              .put(Names.PROTOCOL, unclassified.protocol())
              .put(Names.DESCRIPTION, unclassified.description())
              .put(Names.DIGEST, digest.hex());
    };
  }

  private static Value sql(SqlBatch sql, CommandDigest digest, Value statements) {
    return new ObjectValue(MEMBERS)
        .put(Names.KIND, sql.kind())
        .put(Names.DIALECT, sql.dialect())
        .put(Names.TEXT, sql.text())
        .put(Names.DIGEST, digest.hex())
        .put(Names.UNDERSTANDING, sql.understanding().word())
        .put(Names.STATEMENTS, statements)
        .put(Names.PARAMETERS, strings(sql.parameters()))
        .put(Names.MASKED_TOKENS, sql.maskedTokens());
  }

  static Value statements(List<SqlStatement> statements) {
    return array(statements, CommandInput::statement);
  }

  private static Value statement(SqlStatement statement) {
    return new ObjectValue(MEMBERS)
        .put(Names.TYPE, statement.type())
        .put(Names.TABLES, array(statement.tables(), CommandInput::table))
        .put(Names.COLUMNS, array(statement.columns(), CommandInput::column))
        .put(Names.FUNCTIONS, strings(statement.functions()))
        .put(Names.HAS_WHERE, statement.hasWhere())
        .put(Names.LIMIT, limit(statement))
        .put(Names.SIDE_EFFECTS, strings(statement.sideEffects()));
  }

  private static Value table(TableAccess table) {
    return new ObjectValue(MEMBERS)
        .put(Names.SCHEMA, table.schema())
        .put(Names.NAME, table.name())
        .put(Names.ACCESS, table.access().word());
  }

  private static Value column(ColumnUse use) {
    return new ObjectValue(MEMBERS)
        .put(Names.SCHEMA, use.column().schema())
        .put(Names.TABLE, use.column().table())
        .put(Names.NAME, use.column().column())
        .put(Names.USE, use.use().word());
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
        .put(Names.INDEX, index)
        .put(Names.NAME, column.name())
        .put(Names.TYPE, column.type())
        .put(Names.ORIGINS, array(column.origins(), CommandInput::origin))
        .put(Names.TRACED, column.traced())
        .put(Names.DIRECT, column.direct());
  }

  private static Value origin(ColumnOrigin origin) {
    return new ObjectValue(MEMBERS)
        .put(Names.SCHEMA, origin.schema())
        .put(Names.TABLE, origin.table())
        .put(Names.COLUMN, origin.column());
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
