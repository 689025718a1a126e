package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.Lineage;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.protocol.Description;
import dev.blastwall.protocol.SessionGate;
import dev.blastwall.protocol.sql.describe.SqlDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Asks policy about the rows that a COPY would send, by what its text says of them: on the wire
 * they have no description.
 */
final class CopyDescribing {

  private final SessionGate gate;

  CopyDescribing(SessionGate gate) {
    this.gate = gate;
  }

  /**
   * Asks, when the command holds such a COPY.
   *
   * @param text what the command does
   * @param judged the command, with its verdict
   * @param forwarded gets the command with the plan for its rows
   * @param refused gets why the rows cannot be sent
   */
  void describe(
      dev.blastwall.protocol.sql.describe.Description text,
      Judged judged,
      Consumer<Judged> forwarded,
      Consumer<Report> refused) {
    List<ResultColumn> columns = new ArrayList<>();
    List<SqlDetail.Copy> copies = new ArrayList<>();
    boolean known = true;
    for (int i = 0; i < text.details().size(); i++) {
      if (text.details().get(i) instanceof SqlDetail.Copy copy && !copy.in() && copy.overWire()) {
        Lineage outputs = judged.batch().statements().get(i).outputs();
        columns.addAll(columns(outputs));
        known &= outputs.columns().stream().noneMatch(Lineage.Output::expands);
        copies.add(copy);
      }
    }
    if (columns.isEmpty()) {
      forwarded.accept(judged);
      return;
    }
    // Binary is what is hardest to change, so of several it counts for all.
    SqlDetail.Copy copy =
        copies.stream()
            .filter(one -> one.format() == SqlDetail.Format.BINARY)
            .findFirst()
            .orElse(copies.getFirst());
    int width = known && copies.size() == 1 ? columns.size() : CopyPlan.UNKNOWN;
    gate.describe(
        judged.forward(),
        columns,
        description -> {
          switch (description) {
            case Description.Withheld withheld ->
                refused.accept(PostgresqlReplies.refused(withheld.refusal()));
            case Description.Shown(MaskPlan plan) ->
                planned(judged, new CopyPlan(plan, copy, width), forwarded, refused);
          }
        });
  }

  private static void planned(
      Judged judged, CopyPlan plan, Consumer<Judged> forwarded, Consumer<Report> refused) {
    String obstacle = plan.obstacle();
    if (obstacle == null) {
      forwarded.accept(new Judged(judged.batch(), judged.forward(), plan, judged.runsCode()));
    } else {
      refused.accept(
          PostgresqlReplies.failed(
                  SqlState.INSUFFICIENT_PRIVILEGE,
                  obstacle,
                  "Send one COPY that names its columns, or read the rows with SELECT.")
              .with(Report.DETAIL, "decision " + judged.forward().decisionId()));
    }
  }

  private static List<ResultColumn> columns(Lineage outputs) {
    return outputs.columns().stream()
        .map(output -> new ResultColumn("", "text", output.origins(), output.traced(), false))
        .toList();
  }
}
