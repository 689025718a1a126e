package dev.blastwall.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A file that cannot be used. The message has a line for each problem. */
public final class InvalidFileException extends Exception {

  private final transient List<Problem> problems;

  InvalidFileException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Every problem, in the order of the lines. */
  public List<Problem> problems() {
    return problems;
  }
}
