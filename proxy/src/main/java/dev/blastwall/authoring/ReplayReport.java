package dev.blastwall.authoring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.blastwall.authoring.ChangeGroups.Group;
import dev.blastwall.protocol.Printable;
import java.util.List;
import java.util.Locale;

/**
 * What a replay found, for people, for programs and for a pull request.
 *
 * @param bundle the revision that was tried
 * @param replay the counts
 * @param groups the largest first
 */
public record ReplayReport(String bundle, Replay replay, List<Group> groups) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EXAMPLE = 80;

  /** A form of the report. */
  public enum Format {
    TEXT,
    JSON,
    MARKDOWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ReplayReport {
    groups = List.copyOf(groups);
  }

  /** The report, with a line end. */
  public String as(Format format) {
    return switch (format) {
      case TEXT -> text();
      case JSON -> json();
      case MARKDOWN -> markdown();
    };
  }

  private String text() {
    StringBuilder out = new StringBuilder();
    for (Group group : groups) {
      out.append(
          "%7d  %-8s %-18s %s%n         %s on %s%n         for instance %s  %s%n%n"
              .formatted(
                  group.count(),
                  group.key().point(),
                  group.key().change(),
                  group.key().rule(),
                  group.key().who(),
                  group.key().connection(),
                  group.example().asked().id(),
                  example(group)));
    }
    return out.append(summary()).append(System.lineSeparator()).toString();
  }

  private String summary() {
    String all =
        "%d of %d decisions would change with %s."
            .formatted(replay.changed(), replay.judged(), bundle);
    return replay.unreadable() == 0
        ? all
        : all
            + " %d records could not be judged: another version wrote them."
                .formatted(replay.unreadable());
  }

  private String markdown() {
    StringBuilder out = new StringBuilder("**" + summary() + "**\n");
    if (groups.isEmpty()) {
      return out.toString();
    }
    out.append("\n| count | point | change | rule | who | connection | for instance |\n");
    out.append("|--:|---|---|---|---|---|---|\n");
    for (Group group : groups) {
      out.append(
          "| %d | %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  group.count(),
                  group.key().point(),
                  group.key().change(),
                  cell(group.key().rule()),
                  cell(group.key().who()),
                  cell(group.key().connection()),
                  cell(example(group))));
    }
    return out.toString();
  }

  /** A client chose the text; it must not become a table, a link or a mention. */
  private static String cell(String text) {
    String safe = text.replace("`", "'").replace("|", "¦");
    return safe.isEmpty() ? "" : "`" + safe + "`";
  }

  private static String example(Group group) {
    String line = Printable.of(group.example().asked().text().strip()).replaceAll("\\s+", " ");
    return line.length() <= EXAMPLE ? line : line.substring(0, EXAMPLE - 1) + "…";
  }

  private String json() {
    ObjectNode report = JSON.createObjectNode();
    report.put("bundle", bundle);
    report.put("judged", replay.judged());
    report.put("changed", replay.changed());
    report.put("unreadable", replay.unreadable());
    var list = report.putArray("groups");
    for (Group group : groups) {
      ObjectNode node = list.addObject();
      node.put("count", group.count());
      node.put("point", group.key().point());
      node.put("change", group.key().change());
      node.put("rule", group.key().rule());
      node.put("who", group.key().who());
      node.put("connection", group.key().connection());
      ObjectNode example = node.putObject("example");
      example.put("decision", group.example().asked().id());
      example.put("text", group.example().asked().text());
      example.put("explanation", group.example().decision().explanation());
    }
    return report.toPrettyString() + "\n";
  }
}
