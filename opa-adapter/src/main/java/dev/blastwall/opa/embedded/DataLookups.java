package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Statement;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The look-ups that go straight down from {@code data}. There OPA finds {@code {"2": …}} under the
 * number 2 as well, because a path into its storage is text; a variable that was bound to data
 * first does not do that.
 */
final class DataLookups {
  private final Set<Statement> lookups = Collections.newSetFromMap(new IdentityHashMap<>());
  private final BitSet fromData = new BitSet();

  private DataLookups(int data) {
    fromData.set(data);
  }

  static Set<Statement> find(List<Block> blocks, int data) {
    DataLookups finder = new DataLookups(data);
    blocks.forEach(finder::block);
    return finder.lookups;
  }

  private void block(Block block) {
    block.statements().forEach(this::statement);
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Dot dot -> dot(dot);
      case Statement.Blocks(List<Block> blocks) -> blocks.forEach(this::block);
      case Statement.Not(Block block) -> block(block);
      case Statement.With with -> block(with.block());
      case Statement.Scan scan -> {
        fromData.clear(scan.key());
        fromData.clear(scan.value());
        block(scan.block());
      }
      default -> clearTargets(statement);
    }
  }

  private void dot(Statement.Dot dot) {
    boolean onPath = dot.source() instanceof Operand.Local(int source) && fromData.get(source);
    if (onPath) {
      lookups.add(dot);
    }
    fromData.set(dot.target(), onPath);
  }

  private void clearTargets(Statement statement) {
    new LocalUse() {
      @Override
      void read(int local) {}

      @Override
      void write(int local) {
        fromData.clear(local);
      }
    }.statement(statement);
  }
}
