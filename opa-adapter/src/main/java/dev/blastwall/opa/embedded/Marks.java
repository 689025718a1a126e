package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Policy;
import dev.blastwall.opa.plan.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The marks behind statements that give a value. An explanation needs those that say that a rule
 * held; evaluation without one needs none, and pays for none.
 */
final class Marks {
  /** The locals from which a rule's value comes; empty to keep no mark. */
  private final Set<Integer> values;

  private Marks(Set<Integer> values) {
    this.values = values;
  }

  static List<Block> none(List<Block> blocks) {
    return new Marks(Set.of()).in(blocks);
  }

  /** The same plan with only the marks of rules and functions that held. */
  static List<Block> ofRules(Policy.Function function) {
    return new Marks(valuesOf(function.blocks())).in(function.blocks());
  }

  private static Set<Integer> valuesOf(List<Block> blocks) {
    Set<Integer> values = new HashSet<>();
    for (Block block : blocks.reversed()) {
      if (!block.statements().isEmpty()
          && block.statements().getFirst() instanceof Statement.Return(int source)) {
        values.add(source);
      }
      handedOn(block, values);
    }
    return values;
  }

  /** A value is found in a local of its own first, and handed on if it is defined. */
  private static void handedOn(Block block, Set<Integer> values) {
    for (Statement statement : block.statements()) {
      if (isHandedOn(block)
          && statement instanceof Statement.AssignOnce(Operand.Local(int source), int target)
          && values.contains(target)) {
        values.add(source);
      }
      Walks.blocksOf(statement).reversed().forEach(inner -> handedOn(inner, values));
    }
  }

  private static boolean isHandedOn(Block block) {
    return !block.statements().isEmpty()
        && block.statements().getFirst() instanceof Statement.IsDefined;
  }

  private List<Block> in(List<Block> blocks) {
    return blocks.stream().map(this::in).toList();
  }

  private Block in(Block block) {
    List<Statement> statements = new ArrayList<>();
    for (Statement statement : block.statements()) {
      if (!(statement instanceof Statement.Mark(int local, var ignored))) {
        statements.add(Walks.withBlocks(statement, in(Walks.blocksOf(statement))));
      } else if (values.contains(local) && !isHandedOn(block)) {
        statements.add(statement);
      }
    }
    return new Block(statements);
  }
}
