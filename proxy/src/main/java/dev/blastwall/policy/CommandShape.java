package dev.blastwall.policy;

import dev.blastwall.command.Command;
import dev.blastwall.command.Replication;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Unclassified;
import dev.blastwall.command.Understanding;
import dev.blastwall.opa.InputDependencies;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a question of a session looks like, whatever its literals, values and time. A session asks
 * the same few again and again, and most policies look at nothing else: then no input has to be
 * made to know the answer.
 *
 * @param statements compared by being the same object, as a text that is repeated is described by
 *     the same list
 * @param columns of the result; null at the point {@code command}
 */
record CommandShape(
    List<SqlStatement> statements,
    Understanding understanding,
    boolean maskedTokens,
    @Nullable List<ResultColumn> columns) {

  /**
   * All that a shape tells of an input: what is the same for the session's life, and what stands in
   * it. What only other kinds of command have is missing in each of a shape.
   */
  private static final Set<List<String>> TOLD =
      Set.of(
          List.of("version"),
          List.of("point"),
          List.of("principal"),
          List.of("connection"),
          List.of("client"),
          List.of("session", "id"),
          List.of("session", "parent"),
          List.of("command", "kind"),
          List.of("command", "dialect"),
          List.of("command", "understanding"),
          List.of("command", "statements"),
          List.of("command", "masked_tokens"),
          List.of("command", "protocol"),
          List.of("command", "description"),
          List.of("command", "mode"),
          List.of("result", "columns"));

  /** Whether questions of one shape must be answered alike by who looks at these places. */
  static boolean decides(InputDependencies dependencies) {
    return dependencies.isWithin(TOLD);
  }

  /** The shape of a question; null if it has none. */
  static @Nullable CommandShape of(Question question) {
    return switch (question) {
      case Question.Connect connect -> null;
      case Question.Judge judge -> of(judge.command(), null);
      case Question.Describe describe -> of(describe.command(), describe.columns());
    };
  }

  private static @Nullable CommandShape of(Command command, @Nullable List<ResultColumn> columns) {
    return switch (command) {
      case SqlBatch sql ->
          new CommandShape(sql.statements(), sql.understanding(), sql.maskedTokens(), columns);
      case Replication replication -> null;
      case Unclassified unclassified -> null;
    };
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public boolean equals(@Nullable Object other) {
    return other instanceof CommandShape shape
        && statements == shape.statements
        && understanding == shape.understanding
        && maskedTokens == shape.maskedTokens
        && (columns == null ? shape.columns == null : columns.equals(shape.columns));
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(statements) * 31 + (columns == null ? 0 : columns.size() + 1);
  }
}
