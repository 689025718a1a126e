package dev.blastwall.command;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the columns of a statement's result come from, as far as the text tells.
 *
 * @param columns one entry per item of the outermost target list, in order
 */
public record Lineage(List<Output> columns) {

  /** A statement without a result. */
  public static final Lineage EMPTY = new Lineage(List.of());

  public Lineage {
    columns = List.copyOf(columns);
  }

  /**
   * One item of a target list.
   *
   * @param origins every stored column whose value may flow into it
   * @param traced whether {@code origins} is known to be all of them
   * @param expands whether it stands for an unknown number of columns ({@code *}, {@code t.*})
   */
  public record Output(List<ColumnOrigin> origins, boolean traced, boolean expands) {
    public Output {
      origins = List.copyOf(origins);
    }
  }

  /**
   * The output that became column {@code index} of a result of {@code width} columns. Where an
   * expanding item makes the position ambiguous, the answer unites all outputs that are possible
   * there, so it never misses an origin.
   */
  public Output at(int index, int width) {
    int first = firstExpanding();
    int behind = columns.size() - 1 - lastExpanding();
    if (first == columns.size()) {
      return index < first && width == first ? columns.get(index) : UNKNOWN;
    }
    if (index < first) {
      return columns.get(index);
    }
    return width - index <= behind
        ? columns.get(columns.size() - (width - index))
        : union(columns.subList(first, columns.size() - behind));
  }

  private static final Output UNKNOWN = new Output(List.of(), false, false);

  private int firstExpanding() {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).expands())
        .findFirst()
        .orElse(columns.size());
  }

  private int lastExpanding() {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).expands())
        .reduce(-1, (previous, i) -> i);
  }

  private static Output union(List<Output> outputs) {
    List<ColumnOrigin> origins =
        outputs.stream().flatMap(output -> output.origins().stream()).distinct().toList();
    return new Output(origins, outputs.stream().allMatch(Output::traced), false);
  }
}
