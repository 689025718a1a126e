package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.ResultColumn;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.protocol.Description;
import dev.blastwall.protocol.SessionGate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

  private static final String HIDDEN = "[redacted]";

  private final SessionGate gate;
  private final ConstraintRows rows;

  ReportMasking(SessionGate gate, SessionCatalog catalog) {
    this.gate = gate;
    rows = new ConstraintRows(catalog);
  }

  /**
   * Masks a report.
   *
   * @param judged the command that it is about, or null when that is not known
   * @param then gets it on the event loop, perhaps before this method returns
   */
  void mask(Report report, @Nullable Judged judged, Consumer<Report> then) {
    if (judged == null) {
      then.accept(
          ReportWords.areFixed(report) ? ReportWords.without(report) : ReportWords.hide(report));
      return;
    }
    rows.of(
        report,
        judged,
        shown -> {
          List<ResultColumn> columns =
              new ArrayList<>(Touched.columns(judged, ReportWords.areSomebodys(report)));
          columns.addAll(shown);
          mask(report, judged, columns, then);
        });
  }

  private void mask(
      Report report, Judged judged, List<ResultColumn> columns, Consumer<Report> then) {
    if (columns.isEmpty()) {
      then.accept(report);
      return;
    }
    gate.describe(
        judged.forward(),
        columns,
        description -> {
          switch (description) {
            case Description.Withheld withheld -> then.accept(ReportWords.harmless(report));
            case Description.Shown(MaskPlan plan) -> then.accept(masked(report, plan));
          }
        });
  }

  /**
   * Masks what the server reports of a setting: a function may have set it to any value. What the
   * client's own text says is shown.
   *
   * @param judged the command that may have set it, or null when that is not known
   */
  void mask(String value, @Nullable Judged judged, Consumer<String> then) {
    if (judged == null || value.isEmpty() || isTheClients(value, judged)) {
      then.accept(value);
      return;
    }
    gate.describe(
        judged.forward(),
        Touched.columns(judged, true),
        description ->
            then.accept(
                switch (description) {
                  case Description.Withheld withheld -> HIDDEN;
                  case Description.Shown(MaskPlan plan) ->
                      plan.columns().isEmpty() ? detect(value, plan) : HIDDEN;
                }));
  }

  private static boolean isTheClients(String value, Judged judged) {
    return judged.batch().text().contains(value) || judged.batch().parameters().contains(value);
  }

  private static Report masked(Report report, MaskPlan plan) {
    if (!plan.columns().isEmpty()) {
      return ReportWords.harmless(report);
    }
    Report masked = report;
    for (Byte field : QUOTING) {
      String text = report.field(field);
      masked = text.isEmpty() ? masked : masked.with(field, detect(text, plan));
    }
    return masked;
  }

  private static String detect(String text, MaskPlan plan) {
    byte[] masked = plan.detect(text.getBytes(StandardCharsets.UTF_8));
    return masked == null ? HIDDEN : new String(masked, StandardCharsets.UTF_8);
  }
}
