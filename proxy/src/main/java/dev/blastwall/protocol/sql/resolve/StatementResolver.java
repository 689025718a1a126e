package dev.blastwall.protocol.sql.resolve;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.ColumnUse;
import dev.blastwall.command.Lineage;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.TableAccess;
import dev.blastwall.protocol.sql.describe.BuiltinFunctions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Adds to one statement what its names stand for. */
final class StatementResolver {

  /** PostgreSQL's view whose UPDATE is a {@code set_config()} (manual, section 53.25). */
  private static final String SETTINGS = "pg_settings";

  private final SqlStatement statement;
  private final Names names;
  private final Set<TableAccess> tables;
  private final Set<ColumnUse> columns;
  private final Set<String> functions;
  private final Set<String> sideEffects;
  private final Set<ColumnOrigin> answers = new LinkedHashSet<>();

  /** What is in the hands of code, and so may be in whatever it returns. */
  private final Set<ColumnOrigin> hidden = new LinkedHashSet<>();

  private boolean understood = true;
  private boolean runsCode;
  private boolean traced = true;

  StatementResolver(SqlStatement statement, Names names) {
    this.statement = statement;
    this.names = names;
    tables = new LinkedHashSet<>(statement.tables());
    columns = new LinkedHashSet<>(statement.columns());
    functions = new LinkedHashSet<>(statement.functions());
    sideEffects = new LinkedHashSet<>(statement.sideEffects());
  }

  boolean isUnderstood() {
    return understood;
  }

  boolean runsCode() {
    return runsCode;
  }

  SqlStatement resolve() {
    statement.tables().forEach(this::table);
    statement.columns().forEach(this::column);
    statement.functions().forEach(this::function);
    calls();
    operators();
    List<Lineage.Output> outputs = new ArrayList<>();
    statement.outputs().columns().forEach(output -> outputs.add(output(output)));
    return new SqlStatement(
        statement.type(),
        List.copyOf(tables),
        List.copyOf(columns),
        List.copyOf(functions),
        statement.hasWhere(),
        statement.limit(),
        List.copyOf(sideEffects),
        new Lineage(shown(outputs)));
  }

  /** The code of functions may call others. */
  private void calls() {
    Set<String> read = new HashSet<>();
    for (List<String> next = unread(read); !next.isEmpty(); next = unread(read)) {
      next.forEach(this::call);
      read.addAll(next);
    }
  }

  private List<String> unread(Set<String> read) {
    return functions.stream().filter(name -> !read.contains(name)).toList();
  }

  private void call(String function) {
    follow(code(function));
  }

  private Behind code(String function) {
    return BuiltinFunctions.isOne(function) ? Behind.NOTHING : names.code(function);
  }

  private void follow(Behind code) {
    add(code);
    code.tables().forEach(this::table);
    code.columns().forEach(this::column);
    code.functions().forEach(this::function);
    code.columns().stream().map(ColumnUse::column).forEach(hidden::add);
  }

  /**
   * No text says which function an operator or a cast is, so each that reaches beyond its arguments
   * counts as called.
   */
  private void operators() {
    Set<String> read = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(names.operators());
    while (!next.isEmpty()) {
      String function = next.remove();
      if (read.add(function)) {
        Behind code = code(function);
        next.addAll(code.functions());
        if (!code.tables().isEmpty() || !code.sideEffects().isEmpty()) {
          follow(code);
          traced = false;
        }
      }
    }
  }

  private List<Lineage.Output> shown(List<Lineage.Output> outputs) {
    if (statement.type().equals("explain")) {
      return List.of(plan());
    }
    return answers.isEmpty() ? outputs : List.of(anyOf(outputs));
  }

  /**
   * A plan estimates by the statistics of the columns that are compared, and shows as a constant
   * what a function that calls itself immutable returned.
   */
  private Lineage.Output plan() {
    List<ColumnOrigin> compared =
        columns.stream()
            .filter(column -> column.use() == ColumnUse.Use.PREDICATE)
            .map(ColumnUse::column)
            .distinct()
            .toList();
    boolean all = traced && functions.stream().allMatch(BuiltinFunctions::isOne);
    return new Lineage.Output(compared, all, true);
  }

  /** A rule's results come among the statement's own. */
  private Lineage.Output anyOf(List<Lineage.Output> outputs) {
    Set<ColumnOrigin> all = new LinkedHashSet<>(answers);
    outputs.forEach(output -> all.addAll(output.origins()));
    return new Lineage.Output(List.copyOf(all), false, true);
  }

  private void table(TableAccess table) {
    for (KnownRelation relation : names.relations(table.schema(), table.name())) {
      add(
          switch (table.access()) {
            case WRITE -> relation.whenWritten();
            case READ, DDL -> relation.whenRead();
          });
    }
  }

  private void add(Behind behind) {
    tables.addAll(behind.tables());
    columns.addAll(behind.columns());
    functions.addAll(behind.functions());
    sideEffects.addAll(behind.sideEffects());
    understood &= behind.understood();
    runsCode |= behind.runsCode();
    if (behind.answers()) {
      traced = false;
      behind.columns().forEach(use -> answers.add(use.column()));
    }
    if (behind.tables().stream().anyMatch(StatementResolver::changesSettings)) {
      sideEffects.addAll(List.of("set_session", "set_session:*", "session_authorization"));
    }
  }

  private static boolean changesSettings(TableAccess table) {
    return table.access() == TableAccess.Access.WRITE && table.name().equals(SETTINGS);
  }

  private void column(ColumnUse use) {
    for (ColumnOrigin below : below(use.column()).all()) {
      columns.add(new ColumnUse(below, use.use()));
    }
  }

  private Lineage.Output output(Lineage.Output output) {
    Set<ColumnOrigin> origins = new LinkedHashSet<>(output.origins());
    boolean all = traced && output.traced();
    for (ColumnOrigin origin : output.origins()) {
      Origins below = below(origin);
      origins.addAll(below.all());
      all &= below.traced();
    }
    if (!all) {
      hidden.forEach(column -> origins.addAll(below(column).and(Origins.of(column)).all()));
    }
    return new Lineage.Output(List.copyOf(origins), all, output.expands());
  }

  /** What a value of {@code origin} holds besides. */
  private Origins below(ColumnOrigin origin) {
    Origins below = Origins.NONE;
    for (KnownRelation relation : names.relations(origin.schema(), origin.table())) {
      Origins column = relation.column(origin.column());
      below = below.and(column == null ? computed(origin, relation) : column);
    }
    return below;
  }

  /**
   * A column that the relation does not have is not from there, unless it is a call: {@code c.f}
   * may mean {@code f(c)}, which gets the whole row (PostgreSQL's manual, section 8.16.5).
   */
  private Origins computed(ColumnOrigin origin, KnownRelation relation) {
    List<String> called = names.functions(origin.column());
    if (called.isEmpty()) {
      return Origins.NONE;
    }
    functions.addAll(called);
    ColumnOrigin row = new ColumnOrigin(origin.schema(), origin.table(), ColumnOrigin.WHOLE_ROW);
    return new Origins(List.of(row), false).and(relation.row());
  }

  /** A function of somebody's own may run where the text seems to call the server's. */
  private void function(String name) {
    List<String> own = name.contains(".") ? List.of() : names.overloads(name);
    functions.addAll(own);
    traced &= own.isEmpty();
  }
}
