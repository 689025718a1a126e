package dev.blastwall.recording;

import dev.blastwall.command.Command;
import dev.blastwall.command.Replication;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Unclassified;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.DecisionJson;
import dev.blastwall.policy.InputJson;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What records of one session name by a number instead of repeating it: what statements do, where
 * the columns of a result come from, what was decided. A client sends the same few commands again
 * and again.
 */
final class Shapes {

  /** The number that stands for no shape. */
  static final int NONE = 0;

  /** Beyond so many of a kind, those of before are written again. */
  private static final int KEPT = 256;

  /** A text that a session repeats is described by the same list; comparing what is in it costs. */
  private final Map<List<SqlStatement>, Integer> statements = new IdentityHashMap<>();

  private final Map<List<ResultColumn>, Integer> columns = new HashMap<>();
  private final Map<Decision, Integer> decisions = new HashMap<>();
  private final Consumer<byte[]> records;
  private int last = NONE;

  /**
   * Shapes of one session.
   *
   * @param records takes the body of each {@link RecordTypes#SHAPE}, before its number is used
   */
  Shapes(Consumer<byte[]> records) {
    this.records = records;
  }

  /** The number of what a command's statements do, if it has any. */
  int of(Command command) {
    return switch (command) {
      case SqlBatch sql ->
          number(statements, sql.statements(), "statements", InputJson::statements);
      case Replication replication -> NONE;
      case Unclassified unclassified -> NONE;
    };
  }

  /** The number of these columns. */
  int of(List<ResultColumn> described) {
    return number(columns, described, "columns", InputJson::columns);
  }

  /** The number of this decision. */
  int of(Decision decision) {
    return number(decisions, decision, "decided", DecisionJson::write);
  }

  private <T> int number(Map<T, Integer> known, T shape, String name, Function<T, String> toJson) {
    Integer number = known.get(shape);
    return number == null ? write(known, shape, name, toJson) : number;
  }

  private <T> int write(Map<T, Integer> known, T shape, String name, Function<T, String> toJson) {
    int number = ++last;
    records.accept(
        Json.object(json -> {
          json.writeNumberField("shape", number);
          Json.raw(json, name, toJson.apply(shape));
        }));
    if (known.size() == KEPT) {
      known.clear();
    }
    known.put(shape, number);
    return number;
  }
}
