package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Statement;
import java.util.HashSet;
import java.util.Set;

/** The locals that a block may read before it wrote them itself. */
final class LiveLocals {
  private final Set<Integer> live = new HashSet<>();

  private LiveLocals() {}

  static Set<Integer> of(Block block) {
    LiveLocals locals = new LiveLocals();
    locals.block(block, Set.of());
    return locals.live;
  }

  /** What a nested block writes counts only within it: it may end early. */
  private void block(Block block, Set<Integer> before) {
    Set<Integer> written = new HashSet<>(before);
    for (Statement statement : block.statements()) {
      uses(Walks.withBlocks(statement, Walks.empty(statement)), written);
      Walks.blocksOf(statement).forEach(inner -> block(inner, written));
    }
  }

  private void uses(Statement statement, Set<Integer> written) {
    new LocalUse() {
      @Override
      void read(int local) {
        if (!written.contains(local)) {
          live.add(local);
        }
      }

      @Override
      void write(int local) {
        written.add(local);
      }
    }.statement(statement);
  }
}
