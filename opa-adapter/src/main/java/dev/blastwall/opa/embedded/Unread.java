package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out copies into locals that nothing reads. The planner makes one of each key that a policy
 * iterates over, whether or not the policy names it.
 */
final class Unread {
  private final Set<Integer> read = new HashSet<>();

  private Unread(List<Block> blocks) {
    LocalUse reads =
        new LocalUse() {
          @Override
          void read(int local) {
            read.add(local);
          }

          @Override
          void write(int local) {}
        };
    blocks.forEach(reads::block);
  }

  /** The same function; what only such copies read is not read any more. */
  static List<Block> drop(List<Block> blocks) {
    List<Block> before;
    List<Block> after = blocks;
    do {
      before = after;
      after = new Unread(before).in(before);
    } while (!after.equals(before));
    return after;
  }

  private List<Block> in(List<Block> blocks) {
    return blocks.stream().map(this::in).toList();
  }

  private Block in(Block block) {
    return new Block(
        block.statements().stream()
            .filter(statement -> !isUnread(statement))
            .map(statement -> Walks.withBlocks(statement, in(Walks.blocksOf(statement))))
            .toList());
  }

  private boolean isUnread(Statement statement) {
    return statement instanceof Statement.Assign(var ignored, int target) && !read.contains(target);
  }
}
