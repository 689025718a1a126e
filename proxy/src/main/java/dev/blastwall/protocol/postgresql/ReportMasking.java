package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.ColumnUse;
import dev.blastwall.command.Lineage;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.protocol.Description;
import dev.blastwall.protocol.SessionGate;
import dev.blastwall.protocol.sql.describe.BuiltinFunctions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps values out of errors and notices. A report may quote any value that its command touched, so
 * policy is asked as if every column of the command were a column of a result.
 */
final class ReportMasking {

  /** Fields that may quote values; the others hold names, codes and positions. */
  private static final List<Byte> QUOTING =
      List.of(Report.MESSAGE, Report.DETAIL, Report.HINT, Report.WHERE, Report.INTERNAL_QUERY);

  /**
   * Classes of SQLSTATE (manual, appendix A) whose message quotes names, and values only where the
   * client's own text had them: syntax and access (42), constraints (23), transaction state (25,
   * 40), resources and shutdown (53, 54, 55, 57), features (0A), names (26, 34, 3D, 3F).
   */
  private static final Set<String> NAMES_ONLY =
      Set.of("00", "0A", "23", "25", "26", "34", "3D", "3F", "40", "42", "53", "54", "55", "57");

  private static final int CLASS = 2;

  private final SessionGate gate;

  ReportMasking(SessionGate gate) {
    this.gate = gate;
  }

  /**
   * Masks a report.
   *
   * @param judged the command that it is about, or null when that is not known
   * @param then gets it on the event loop, perhaps before this method returns
   */
  void mask(Report report, @Nullable Judged judged, Consumer<Report> then) {
    if (judged == null) {
      then.accept(withoutValues(report));
      return;
    }
    List<ResultColumn> columns = columns(judged);
    if (columns.isEmpty()) {
      then.accept(namesOnly(report) ? withoutRow(report) : report);
      return;
    }
    gate.describe(
        judged.forward(),
        columns,
        description -> {
          switch (description) {
            case Description.Withheld withheld -> then.accept(withoutValues(report));
            case Description.Shown(MaskPlan plan) -> then.accept(masked(report, plan));
          }
        });
  }

  private static List<ResultColumn> columns(Judged judged) {
    List<ResultColumn> columns = new ArrayList<>();
    Set<ColumnUse> uses = new LinkedHashSet<>();
    for (SqlStatement statement : judged.batch().statements()) {
      uses.addAll(statement.columns());
    }
    for (ColumnUse use : uses) {
      columns.add(
          new ResultColumn(use.column().column(), "text", List.of(use.column()), true, false));
    }
    if (judged.batch().statements().stream().anyMatch(ReportMasking::showsUntraced)) {
      columns.add(new ResultColumn("", "text", List.of(), false, false));
    }
    return columns;
  }

  /** What a function of somebody's own returns may be anything. */
  private static boolean showsUntraced(SqlStatement statement) {
    return !statement.functions().stream().allMatch(BuiltinFunctions::isOne)
        || !statement.outputs().columns().stream().allMatch(Lineage.Output::traced);
  }

  private static Report masked(Report report, MaskPlan plan) {
    if (!plan.columns().isEmpty()) {
      return withoutValues(report);
    }
    Report masked = withoutRow(report);
    for (Byte field : QUOTING) {
      masked = masked.with(field, detect(masked.field(field), plan));
    }
    return masked;
  }

  private static String detect(String text, MaskPlan plan) {
    byte[] masked = plan.detect(text.getBytes(StandardCharsets.UTF_8));
    return masked == null ? "[redacted]" : new String(masked, StandardCharsets.UTF_8);
  }

  private static boolean namesOnly(Report report) {
    String sqlState = report.field(Report.SQL_STATE);
    return sqlState.length() >= CLASS && NAMES_ONLY.contains(sqlState.substring(0, CLASS));
  }

  /** A constraint shows the whole row, columns that the command never named too. */
  private static Report withoutRow(Report report) {
    return report.field(Report.SQL_STATE).startsWith("23")
        ? report.with(Report.DETAIL, "")
        : report;
  }

  private static Report withoutValues(Report report) {
    Report without =
        report
            .with(Report.DETAIL, "")
            .with(Report.WHERE, "")
            .with(Report.HINT, "")
            .with(Report.INTERNAL_QUERY, "");
    return namesOnly(report)
        ? without
        : without.with(
            Report.MESSAGE,
            "the upstream's words are withheld, because they may quote masked values (SQLSTATE "
                + report.field(Report.SQL_STATE)
                + ")");
  }
}
