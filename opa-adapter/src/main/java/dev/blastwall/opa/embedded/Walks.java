package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Questions about statements that need a walk through what they hold. */
final class Walks {
  private Walks() {}

  /**
   * Whether the order of the iterations can be seen in a result; else members need not be sorted.
   * An array that each iteration makes anew shows nothing of it.
   */
  static boolean isOrderSeen(Statement.Scan scan) {
    return isOrderSeen(scan.block(), Set.of());
  }

  /**
   * Follows a block.
   *
   * @param outer the arrays made before it, in the same iteration
   */
  private static boolean isOrderSeen(Block block, Set<Integer> outer) {
    Set<Integer> fresh = new HashSet<>(outer);
    for (Statement statement : block.statements()) {
      if (statement instanceof Statement.MakeArray(int ignored, int target)) {
        fresh.add(target);
      } else if (isOrderSeen(statement, fresh)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOrderSeen(Statement statement, Set<Integer> fresh) {
    return switch (statement) {
      case Statement.ArrayAppend(var ignored, int array) -> !fresh.contains(array);
      case Statement.ResultSetAdd ignored -> true;
      case Statement.Dispatch dispatch ->
          dispatch.cases().stream().anyMatch(each -> isOrderSeen(each.body(), fresh));
      default -> blocksOf(statement).stream().anyMatch(block -> isOrderSeen(block, fresh));
    };
  }

  /**
   * The breaks, counted from the block that holds the statements, that leave them; undefined is
   * break 0.
   */
  static SortedSet<Integer> breaksOutOf(Block body) {
    SortedSet<Integer> breaks = new TreeSet<>();
    breaks.add(0);
    body.statements().forEach(statement -> collect(statement, 0, breaks));
    return breaks;
  }

  private static void collect(Statement statement, int depth, SortedSet<Integer> breaks) {
    switch (statement) {
      case Statement.Break(int index) when index >= depth -> breaks.add(index - depth);
      case Statement.Scan scan -> collect(scan.block(), depth + 1, breaks);
      case Statement.With with -> collect(with.block(), depth + 1, breaks);
      case Statement.Not(Block block) -> collect(block, depth + 1, breaks);
      case Statement.Outlined(Block block) -> collect(block, depth, breaks);
      case Statement.Dispatch dispatch ->
          dispatch.cases().forEach(each -> collect(each.body(), depth, breaks));
      case Statement.Blocks(List<Block> blocks) ->
          blocks.forEach(block -> collect(block, depth + 1, breaks));
      default -> {}
    }
  }

  private static void collect(Block block, int depth, SortedSet<Integer> breaks) {
    block.statements().forEach(statement -> collect(statement, depth, breaks));
  }

  /** The blocks that a statement holds. */
  static List<Block> blocksOf(Statement statement) {
    return switch (statement) {
      case Statement.Blocks(List<Block> blocks) -> blocks;
      case Statement.Not(Block block) -> List.of(block);
      case Statement.Scan scan -> List.of(scan.block());
      case Statement.With with -> List.of(with.block());
      case Statement.Outlined(Block block) -> List.of(block);
      default -> List.of();
    };
  }

  /** As many empty blocks as a statement holds. */
  static List<Block> empty(Statement statement) {
    return blocksOf(statement).stream().map(block -> new Block(List.of())).toList();
  }

  /** The same statement around other blocks, as many as {@link #blocksOf} gives. */
  static Statement withBlocks(Statement statement, List<Block> blocks) {
    return switch (statement) {
      case Statement.Blocks ignored -> new Statement.Blocks(blocks);
      case Statement.Not ignored -> new Statement.Not(blocks.getFirst());
      case Statement.Scan(int source, int key, int value, var ignored) ->
          new Statement.Scan(source, key, value, blocks.getFirst());
      case Statement.With(int local, var path, var value, var ignored) ->
          new Statement.With(local, path, value, blocks.getFirst());
      case Statement.Outlined ignored -> new Statement.Outlined(blocks.getFirst());
      default -> statement;
    };
  }

  /** Whether there is a return in a block. */
  static boolean returns(Block block) {
    return block.statements().stream().anyMatch(Walks::returns);
  }

  private static boolean returns(Statement statement) {
    return switch (statement) {
      case Statement.Return ignored -> true;
      case Statement.Scan scan -> returns(scan.block());
      case Statement.With with -> returns(with.block());
      case Statement.Not(Block block) -> returns(block);
      case Statement.Outlined(Block block) -> returns(block);
      case Statement.Blocks(List<Block> blocks) -> blocks.stream().anyMatch(Walks::returns);
      case Statement.Dispatch dispatch ->
          dispatch.cases().stream().anyMatch(each -> returns(each.body()));
      default -> false;
    };
  }
}
