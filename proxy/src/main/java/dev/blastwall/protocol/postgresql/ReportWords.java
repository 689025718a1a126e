package dev.blastwall.protocol.postgresql;

import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the words of a report can quote, judged by who says them (manual, "Error and Notice Message
 * Fields", and appendix A for the classes of SQLSTATE).
 *
 * <p>The server quotes values of rows in messages of nearly every class: {@code email::regclass}
 * fails with 42P01 and the whole text. So words are believed to hold names only where they stand
 * with a position in the client's own text, or come from a class in which no function speaks. Code
 * that somebody wrote may choose every field: it shows by its context.
 */
final class ReportWords {

  /** Fields that say no more than what kind of report it is, and where in the server it arose. */
  private static final Set<Byte> BARE =
      Set.of(
          Report.SEVERITY_LOCALISED,
          Report.SEVERITY,
          Report.SQL_STATE,
          Report.POSITION,
          Report.FILE,
          Report.LINE,
          Report.ROUTINE);

  /**
   * Classes whose messages name constraints, transactions and resources: 23, 25, 40, 53, 54, 55,
   * 57.
   */
  private static final Set<String> NO_FUNCTION_SPEAKS =
      Set.of("00", "23", "25", "40", "53", "54", "55", "57");

  /** As the former, where nothing is evaluated that could be quoted: features, names, syntax. */
  private static final Set<String> NAMES_ONLY = Set.of("0A", "26", "34", "3D", "3F", "42");

  /** Contexts that the server itself adds; the first shows the client's own rows. */
  private static final Pattern OWN_CONTEXT =
      Pattern.compile(
          "COPY [^\n]*"
              + "|(?:unnamed portal|portal \"[^\n]*\") [^\n]*"
              + "|(?:unnamed portal )?parameter \\$[^\n]*"
              + "|JSON data, line [^\n]*"
              + "|while (?:locking|updating|deleting|inserting|rechecking|checking) [^\n]*");

  private static final String RAISE = "exec_stmt_raise";
  private static final String RAISED = "P0001";
  private static final int CLASS = 2;

  private ReportWords() {}

  /** Whether code that somebody wrote may have chosen the words. */
  static boolean areSomebodys(Report report) {
    String context = report.field(Report.WHERE);
    return !report.field(Report.INTERNAL_QUERY).isEmpty()
        || report.field(Report.ROUTINE).equals(RAISE)
        || !context.isEmpty() && !OWN_CONTEXT.matches(context);
  }

  /** Whether they hold no value, when nothing is evaluated. */
  static boolean areFixed(Report report) {
    return areNames(report) || !areSomebodys(report) && NAMES_ONLY.contains(classOf(report));
  }

  private static boolean areNames(Report report) {
    return !areSomebodys(report)
        && (!report.field(Report.POSITION).isEmpty()
            || NO_FUNCTION_SPEAKS.contains(classOf(report))
            || report.field(Report.SQL_STATE).equals(SqlState.INSUFFICIENT_PRIVILEGE));
  }

  private static String classOf(Report report) {
    String sqlState = report.field(Report.SQL_STATE);
    return sqlState.substring(0, Math.min(CLASS, sqlState.length()));
  }

  /** Without what may quote a value. */
  static Report harmless(Report report) {
    return areNames(report) ? without(report) : hide(report);
  }

  /** With the message and the names, which hold no value. */
  static Report without(Report report) {
    return report
        .with(Report.DETAIL, "")
        .with(Report.WHERE, "")
        .with(Report.HINT, "")
        .with(Report.INTERNAL_QUERY, "");
  }

  /** With nothing but its kind; not even that where somebody's code chose it. */
  static Report hide(Report report) {
    Map<Byte, String> bare = new LinkedHashMap<>(report.fields());
    bare.keySet().retainAll(BARE);
    Report hidden = new Report(bare);
    Report kind =
        report.field(Report.ROUTINE).equals(RAISE) ? hidden.with(Report.SQL_STATE, RAISED) : hidden;
    return kind.with(
        Report.MESSAGE,
        "the upstream's words are withheld, because they may quote masked values (SQLSTATE "
            + kind.field(Report.SQL_STATE)
            + ")");
  }
}
