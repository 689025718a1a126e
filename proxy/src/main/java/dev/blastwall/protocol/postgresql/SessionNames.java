package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.Lineage;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Understanding;
import dev.blastwall.protocol.sql.Understood;
import dev.blastwall.protocol.sql.describe.BuiltinFunctions;
import dev.blastwall.protocol.sql.describe.SqlDetail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What EXECUTE and FETCH run: the statements that a session gave a name by PREPARE, Parse or
 * DECLARE. A name keeps everything it ever stood for: whether a DEALLOCATE, a CLOSE or a second
 * PREPARE took effect is not known when the next command is judged, and too much is the safe side.
 *
 * <p>SQL and the extended protocol share the server's names, and a pipeline goes on before the
 * server has said what a name stands for now. So that a verdict can never be about another text
 * than the one that runs, a name that Parse or Bind gave stands for one text for the life of the
 * session.
 *
 * <p>Code in the database can give names, too. Once such code may have run, names are in doubt:
 * what EXECUTE and FETCH run is not known any more, nor what a Bind runs that uses a name.
 */
final class SessionNames {

  /** What code may do to names; see {@link SqlStatement#sideEffects}. */
  private static final Set<String> NAMING =
      Set.of(
          "dynamic_sql",
          "opaque_code",
          "runs:prepare",
          "runs:deallocate",
          "runs:discard",
          "runs:declare_cursor",
          "runs:close_cursor");

  private static final Set<String> CODE = Set.of("do", "call");

  /** Beyond, a session's EXECUTE and FETCH are no longer understood. */
  private static final int LIMIT = 1_000;

  /** Names that Parse or Bind may give in the life of a session. */
  private static final int MOST_NAMES = 100_000;

  private final Map<String, String> parsed = new HashMap<>();
  private final Set<String> bound = new HashSet<>();
  private final Set<String> preparedBySql = new HashSet<>();
  private final Map<String, List<SqlStatement>> prepared = new HashMap<>();
  private final Map<String, List<SqlStatement>> cursors = new HashMap<>();
  private int remembered;
  private boolean doubtful;

  /** Whether a Parse may let {@code name} stand for {@code text}. */
  boolean mayParse(String name, String text) {
    String known = parsed.get(name);
    return name.isEmpty()
        || (known == null
            ? !preparedBySql.contains(name) && parsed.size() < MOST_NAMES
            : known.equals(text));
  }

  /** Whether a Bind may make a portal of this name; if so it is taken. */
  boolean takePortal(String name) {
    return name.isEmpty()
        || (!cursors.containsKey(name) && bound.size() < MOST_NAMES && bound.add(name));
  }

  /** A statement was prepared by Parse; SQL's EXECUTE shares its name space. */
  void prepared(Statement statement) {
    if (!statement.name().isEmpty()) {
      parsed.put(statement.name(), statement.text().text());
      statement.text().description().statements().forEach(s -> add(prepared, statement.name(), s));
    }
  }

  /**
   * A text goes upstream: what it names can be asked for from now on.
   *
   * @param judged the command that it is: its own statements come first
   */
  void remember(Understood text, SqlBatch judged) {
    doubtful |= judged.statements().stream().anyMatch(SessionNames::mayName);
    List<SqlDetail> details = text.description().details();
    for (int i = 0; i < details.size(); i++) {
      SqlStatement statement = judged.statements().get(i);
      switch (details.get(i)) {
        case SqlDetail.Prepares(String name) -> {
          preparedBySql.add(name);
          add(prepared, name, statement);
        }
        case SqlDetail.DeclaresCursor(String name) -> add(cursors, name, statement);
        case SqlDetail.Executes executes -> {}
        case SqlDetail.Fetches fetches -> {}
        case SqlDetail.Copy copy -> {}
        case SqlDetail.Plain plain -> {}
      }
    }
  }

  private static boolean mayName(SqlStatement statement) {
    return statement.sideEffects().stream().anyMatch(NAMING::contains);
  }

  private void add(Map<String, List<SqlStatement>> names, String name, SqlStatement statement) {
    List<SqlStatement> all = names.computeIfAbsent(name, key -> new ArrayList<>());
    if (!all.contains(statement) && remembered++ < LIMIT) {
      all.add(statement);
    }
  }

  /**
   * The command that a text is: what it runs by name stands behind its own statements, and a name
   * that nobody gave makes it one that is not completely understood.
   *
   * @param name under which the session prepared it before, or empty
   */
  SqlBatch complete(Understood text, String name, List<@Nullable String> values) {
    SqlBatch batch = text.batch(values);
    List<SqlDetail> details = text.description().details();
    List<SqlStatement> own = new ArrayList<>(batch.statements());
    List<SqlStatement> behind = new ArrayList<>();
    boolean known = name.isEmpty() || !doubtful;
    if (!known) {
      own.replaceAll(statement -> withOutputs(statement, unsure(List.of(statement))));
    }
    for (int i = 0; i < details.size(); i++) {
      known &= !takesName(details.get(i));
      List<SqlStatement> run = runs(details, i, text.description().statements());
      if (run != null) {
        behind.addAll(run);
        boolean sure = !doubtful && !runsCode(own.subList(0, i));
        known &= !run.isEmpty() && remembered <= LIMIT && sure;
        own.set(i, withOutputs(own.get(i), sure ? outputs(run) : unsure(run)));
      }
    }
    return behind.isEmpty() && known ? batch : with(batch, own, behind, known);
  }

  /** Whether SQL would give a name that the extended protocol uses. */
  private boolean takesName(SqlDetail detail) {
    return switch (detail) {
      case SqlDetail.Prepares(String name) -> parsed.containsKey(name);
      case SqlDetail.DeclaresCursor(String name) -> bound.contains(name);
      case SqlDetail.Executes executes -> false;
      case SqlDetail.Fetches fetches -> false;
      case SqlDetail.Copy copy -> false;
      case SqlDetail.Plain plain -> false;
    };
  }

  /** What the statement at {@code index} runs by name, or null when it runs nothing so. */
  private @Nullable List<SqlStatement> runs(
      List<SqlDetail> details, int index, List<SqlStatement> statements) {
    return switch (details.get(index)) {
      case SqlDetail.Executes(String name) -> named(prepared, name, details, index, statements);
      case SqlDetail.Fetches(String name) -> named(cursors, name, details, index, statements);
      case SqlDetail.Prepares prepares -> null;
      case SqlDetail.DeclaresCursor declares -> null;
      case SqlDetail.Copy copy -> null;
      case SqlDetail.Plain plain -> null;
    };
  }

  /** What the session knows under a name, and what the same text names before it. */
  private static List<SqlStatement> named(
      Map<String, List<SqlStatement>> names,
      String name,
      List<SqlDetail> details,
      int before,
      List<SqlStatement> statements) {
    List<SqlStatement> all = new ArrayList<>(names.getOrDefault(name, List.of()));
    for (int i = 0; i < before; i++) {
      if (details.get(i).equals(new SqlDetail.Prepares(name))
          || details.get(i).equals(new SqlDetail.DeclaresCursor(name))) {
        all.add(statements.get(i));
      }
    }
    return all;
  }

  /** Whether statements before this one of the same text may give names unseen. */
  private static boolean runsCode(List<SqlStatement> before) {
    return before.stream()
        .anyMatch(statement ->
            CODE.contains(statement.type())
                || !statement.functions().stream().allMatch(BuiltinFunctions::isOne));
  }

  private static Lineage outputs(List<SqlStatement> run) {
    return run.size() == 1 ? run.getFirst().outputs() : anyOf(run);
  }

  private static Lineage unsure(List<SqlStatement> run) {
    List<Lineage.Output> known = anyOf(run).columns();
    return new Lineage(List.of(new Lineage.Output(known.getFirst().origins(), false, true)));
  }

  private static SqlStatement withOutputs(SqlStatement statement, Lineage outputs) {
    return new SqlStatement(
        statement.type(),
        statement.tables(),
        statement.columns(),
        statement.functions(),
        statement.hasWhere(),
        statement.limit(),
        statement.sideEffects(),
        outputs);
  }

  /** Where a column comes from when it is a column of one of several statements. */
  private static Lineage anyOf(List<SqlStatement> statements) {
    List<Lineage.Output> outputs =
        statements.stream().flatMap(statement -> statement.outputs().columns().stream()).toList();
    List<ColumnOrigin> origins =
        outputs.stream().flatMap(output -> output.origins().stream()).distinct().toList();
    boolean traced = !outputs.isEmpty() && outputs.stream().allMatch(Lineage.Output::traced);
    return new Lineage(List.of(new Lineage.Output(origins, traced, true)));
  }

  private static SqlBatch with(
      SqlBatch batch, List<SqlStatement> own, List<SqlStatement> behind, boolean known) {
    List<SqlStatement> all = new ArrayList<>(own);
    all.addAll(behind);
    Understanding understanding =
        known || batch.understanding() == Understanding.NONE
            ? batch.understanding()
            : Understanding.PARTIAL;
    return new SqlBatch(
        batch.dialect(),
        batch.text(),
        understanding,
        all,
        batch.parameters(),
        batch.maskedTokens());
  }
}
