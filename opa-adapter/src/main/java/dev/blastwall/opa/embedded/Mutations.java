package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which statements of a function make a collection that is filled anywhere else than directly
 * behind them. The others make the same value each time.
 *
 * <p>It errs on the safe side: where a fill has no maker before it on its own path, every maker of
 * that local counts.
 */
final class Mutations {
  private final Set<Statement> atOnce;
  private final Set<Statement> filledLater = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Integer, List<Statement>> makers = new HashMap<>();
  private final Set<Integer> filled = new HashSet<>();
  private final Set<Integer> aliases = new HashSet<>();

  private Mutations(Set<Statement> atOnce) {
    this.atOnce = atOnce;
  }

  /**
   * The makers of a function whose collections change after they were made.
   *
   * @param atOnce the statements that fill a collection directly behind its maker
   */
  static Set<Statement> filledLater(List<Block> blocks, Set<Statement> atOnce) {
    Mutations mutations = new Mutations(atOnce);
    blocks.forEach(mutations::collect);
    blocks.forEach(block -> mutations.block(block, List.of()));
    // What is filled through a second name cannot be followed.
    if (!Collections.disjoint(mutations.filled, mutations.aliases)) {
      mutations.makers.values().forEach(mutations.filledLater::addAll);
    }
    return mutations.filledLater;
  }

  private void collect(Block block) {
    for (Statement statement : block.statements()) {
      made(statement)
          .ifPresentOrElse(
              local -> makers.computeIfAbsent(local, added -> new ArrayList<>()).add(statement),
              () -> collectAliases(statement));
      Walks.blocksOf(statement).forEach(this::collect);
    }
  }

  private void collectAliases(Statement statement) {
    if (Walks.blocksOf(statement).isEmpty() && !(statement instanceof Statement.Reset)) {
      new LocalUse() {
        @Override
        void read(int local) {}

        @Override
        void write(int local) {
          aliases.add(local);
        }
      }.statement(statement);
    }
  }

  /**
   * Follows a block.
   *
   * @param outer the statements that ran before it in the blocks around it, innermost first
   */
  private void block(Block block, List<Path> outer) {
    for (int i = 0; i < block.statements().size(); i++) {
      Statement statement = block.statements().get(i);
      List<Path> paths = new ArrayList<>(outer);
      paths.addFirst(new Path(block, i));
      filled(statement).ifPresent(local -> fill(statement, local, paths));
      Walks.blocksOf(statement).forEach(inner -> block(inner, paths));
    }
  }

  private record Path(Block block, int end) {
    boolean makes(int local) {
      return block.statements().subList(0, end).stream()
          .anyMatch(statement -> made(statement).orElse(-1) == local);
    }
  }

  private void fill(Statement statement, int local, List<Path> paths) {
    if (atOnce.contains(statement)) {
      return;
    }
    filled.add(local);
    paths.stream()
        .filter(path -> path.makes(local))
        .findFirst()
        .ifPresentOrElse(
            path -> fillMakersIn(path.block, local),
            () -> filledLater.addAll(makers.getOrDefault(local, List.of())));
  }

  private void fillMakersIn(Block block, int local) {
    for (Statement statement : block.statements()) {
      if (made(statement).orElse(-1) == local) {
        filledLater.add(statement);
      }
      Walks.blocksOf(statement).forEach(inner -> fillMakersIn(inner, local));
    }
  }

  /** The local in which a statement makes a collection. */
  static OptionalInt made(Statement statement) {
    return switch (statement) {
      case Statement.MakeArray(int ignored, int target) -> OptionalInt.of(target);
      case Statement.MakeObject(int target) -> OptionalInt.of(target);
      case Statement.MakeSet(int target) -> OptionalInt.of(target);
      default -> OptionalInt.empty();
    };
  }

  /** The local whose collection a statement fills. */
  static OptionalInt filled(Statement statement) {
    return switch (statement) {
      case Statement.ArrayAppend(Operand ignored, int array) -> OptionalInt.of(array);
      case Statement.SetAdd(Operand ignored, int set) -> OptionalInt.of(set);
      case Statement.ObjectInsert(Operand ignored, Operand value, int object) ->
          OptionalInt.of(object);
      case Statement.ObjectInsertOnce(Operand ignored, Operand value, int object) ->
          OptionalInt.of(object);
      default -> OptionalInt.empty();
    };
  }
}
