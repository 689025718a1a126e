package dev.blastwall.opa.builtin.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a template. */
sealed interface Node {
  /** Text that is copied. */
  record Text(String text) implements Node {}

  /** Prints a value, unless it is assigned. */
  record Action(Pipe pipe) implements Node {}

  /** One of two bodies; {@code with} also makes the value the dot. */
  record Branch(boolean isWith, Pipe pipe, List<Node> body, List<Node> otherwise) implements Node {}

  /** A body for each element. */
  record Range(Pipe pipe, List<Node> body, List<Node> otherwise) implements Node {}

  /** Ends the iteration, or the loop. */
  record Leave(boolean isBreak) implements Node {}

  /**
   * Commands, each with the value of the one before as its last argument.
   *
   * @param variables that take the value, with their dollar signs
   * @param declares whether they are new
   */
  record Pipe(List<String> variables, boolean declares, List<List<Operand>> commands) {}

  /** What a command consists of. */
  sealed interface Operand {
    /** A text, number or boolean as it is written; null is nil. */
    record Constant(@Nullable Object value) implements Operand {}

    /** The dot. */
    record Dot() implements Operand {}

    /** A variable, with its dollar sign. */
    record Variable(String name) implements Operand {}

    /** A function. */
    record Function(String name) implements Operand {}

    /** A pipeline in parentheses. */
    record Inner(Pipe pipe) implements Operand {}

    /** Fields of what an operand gives. */
    record Fields(Operand of, List<String> names) implements Operand {}
  }
}
