package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Policy;
import dev.blastwall.opa.plan.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plan says of where its statements stand. An explanation needs to know where a rule held,
 * and where a condition of a rule was met; evaluation without one needs none of it, and pays for
 * none.
 */
final class Marks {
  /** The locals from which a rule's value comes; empty to keep no mark. */
  private final Set<Integer> values;

  private final String path;
  private final MarkedRules rules;
  private final Map<Statement, Set<Integer>> conditions;

  private Marks(Set<Integer> values, String path, List<Block> blocks, MarkedRules rules) {
    this.values = values;
    this.path = path;
    this.rules = rules;
    this.conditions = Conditions.in(blocks, path, this::isOfRule, rules);
  }

  static List<Block> none(List<Block> blocks) {
    return new Marks(Set.of(), "", List.of(), new MarkedRules()).in(blocks);
  }

  /** The same plan, remembering which rules and functions held and how far the others came. */
  static List<Block> of(Policy.Function function, MarkedRules rules) {
    List<Block> blocks = function.blocks();
    String path = Conflicts.reference(function.path());
    return new Marks(valuesOf(blocks), path, blocks, rules).in(blocks);
  }

  private boolean isOfRule(Statement.Mark mark, Block block) {
    return values.contains(mark.local()) && !isHandedOn(block);
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

  /** A rule that looks whether {@code input} is there begins with the same question. */
  private static boolean isHandedOn(Block block) {
    List<Statement> statements = block.statements();
    return statements.size() > 1
        && statements.get(0) instanceof Statement.IsDefined(int tested)
        && statements.get(1) instanceof Statement.AssignOnce(Operand.Local(int source), var ignored)
        && source == tested;
  }

  private List<Block> in(List<Block> blocks) {
    return blocks.stream().map(this::in).toList();
  }

  private Block in(Block block) {
    List<Statement> statements = new ArrayList<>();
    for (Statement statement : block.statements()) {
      switch (statement) {
        case Statement.Mark mark -> {
          if (isOfRule(mark, block)) {
            statements.add(new Statement.Reached(rules.held(path, mark.location())));
          }
        }
        case Statement.Passed passed ->
            conditions.getOrDefault(passed, Set.of()).stream()
                .map(Statement.Reached::new)
                .forEach(statements::add);
        default -> statements.add(Walks.withBlocks(statement, in(Walks.blocksOf(statement))));
      }
    }
    return new Block(statements);
  }
}
