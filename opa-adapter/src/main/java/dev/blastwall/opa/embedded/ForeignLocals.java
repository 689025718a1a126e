package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The locals that a method may read after another method wrote them: the one that calls it, one
 * that was split off it, or itself in an earlier call.
 */
final class ForeignLocals {
  private final Set<Integer> foreign = new HashSet<>();

  private ForeignLocals() {}

  /**
   * Looks through a method.
   *
   * @param params what is set before its first statement
   */
  static Set<Integer> of(Block method, Collection<Integer> params) {
    ForeignLocals locals = new ForeignLocals();
    locals.block(method, new HashSet<>(params));
    return locals.foreign;
  }

  /**
   * Follows a block. What it writes counts only within it, because it may end early.
   *
   * @param before what the method itself wrote last
   * @return what other methods wrote meanwhile
   */
  private Set<Integer> block(Block block, Set<Integer> before) {
    Set<Integer> own = new HashSet<>(before);
    Set<Integer> lost = new HashSet<>();
    for (Statement statement : block.statements()) {
      Set<Integer> others = statement(statement, own);
      own.removeAll(others);
      lost.addAll(others);
    }
    return lost;
  }

  private Set<Integer> statement(Statement statement, Set<Integer> own) {
    return switch (statement) {
      case Statement.Outlined(Block body) -> written(body);
      case Statement.Dispatch dispatch -> {
        if (!own.contains(dispatch.source())) {
          foreign.add(dispatch.source());
        }
        yield blocks(
            dispatch.cases().stream().map(each -> new Block(List.of(each.body()))).toList(), own);
      }
      case Statement.Scan scan -> {
        uses(scan, own);
        own.removeAll(lostIn(scan.block())); // what the iteration before left
        yield block(scan.block(), own);
      }
      default -> {
        uses(statement, own);
        yield blocks(Walks.blocksOf(statement), own);
      }
    };
  }

  private Set<Integer> blocks(List<Block> blocks, Set<Integer> own) {
    Set<Integer> lost = new HashSet<>();
    for (Block block : blocks) {
      Set<Integer> others = block(block, own);
      own.removeAll(others);
      lost.addAll(others);
    }
    return lost;
  }

  /** What the statement itself reads and writes, without its blocks. */
  private void uses(Statement statement, Set<Integer> own) {
    new LocalUse() {
      @Override
      void read(int local) {
        if (!own.contains(local)) {
          foreign.add(local);
        }
      }

      @Override
      void write(int local) {
        own.add(local);
      }
    }.statement(Walks.withBlocks(statement, Walks.empty(statement)));
  }

  private static Set<Integer> lostIn(Block block) {
    Set<Integer> lost = new HashSet<>();
    new LocalUse() {
      @Override
      void read(int local) {}

      @Override
      void write(int local) {}

      @Override
      void outlined(Statement.Outlined statement) {
        lost.addAll(written(statement.body()));
      }
    }.block(block);
    return lost;
  }

  private static Set<Integer> written(Block body) {
    Set<Integer> written = new HashSet<>();
    new LocalUse() {
      @Override
      void read(int local) {}

      @Override
      void write(int local) {
        written.add(local);
      }

      @Override
      void outlined(Statement.Outlined statement) {
        block(statement.body());
      }
    }.block(body);
    return written;
  }
}
