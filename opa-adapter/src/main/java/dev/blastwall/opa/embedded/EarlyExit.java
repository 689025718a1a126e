package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Stops where nothing more can come, as OPA does (Policy Performance, "Early Exit in Rule
 * Evaluation"): rules that all give the same constant end with the first that holds, and so do the
 * iterations in such a rule. As in OPA, an error in what is left out is not seen.
 */
final class EarlyExit {
  private final List<Block> blocks;
  private final List<Set<Integer>> live;

  /** What is assigned once to each local, from anywhere. */
  private final Map<Integer, Set<Operand>> assigned = new HashMap<>();

  /** The locals that are set in another way too. */
  private final Set<Integer> otherwiseSet = new HashSet<>();

  private EarlyExit(List<Block> blocks) {
    this.blocks = blocks;
    this.live = blocks.stream().map(LiveLocals::of).toList();
    blocks.forEach(this::collect);
  }

  /** The same function, leaving out what cannot change its value. */
  static List<Block> of(List<Block> blocks) {
    List<Block> shorter = new EarlyExit(blocks).leaveScans();
    return new EarlyExit(shorter).leaveRules();
  }

  private void collect(Block block) {
    for (Statement statement : block.statements()) {
      switch (statement) {
        case Statement.AssignOnce(Operand source, int target) ->
            assigned.computeIfAbsent(target, added -> new HashSet<>()).add(source);
        case Statement.Reset ignored -> {}
        default -> otherwiseSet.addAll(written(new Block(List.of(statement)), false));
      }
      Walks.blocksOf(statement).forEach(this::collect);
    }
  }

  private List<Block> leaveScans() {
    List<Block> shorter = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      shorter.add(isOnItsOwn(i) ? leaveScans(block, 0, false) : block);
    }
    return shorter;
  }

  /** Leaves from the end of the innermost block, if nothing follows but further iterations. */
  private Block leaveScans(Block block, int depth, boolean inScan) {
    if (block.statements().isEmpty()) {
      return block;
    }
    List<Statement> statements = new ArrayList<>(block.statements());
    Statement last = statements.removeLast();
    switch (last) {
      case Statement.AssignOnce(Operand.Constant ignored, int target)
          when inScan && isConstant(target) -> {
        statements.add(last);
        statements.add(new Statement.Break(depth));
      }
      case Statement.Scan scan ->
          statements.add(
              Walks.withBlocks(scan, List.of(leaveScans(scan.block(), depth + 1, true))));
      case Statement.With with ->
          statements.add(
              Walks.withBlocks(with, List.of(leaveScans(with.block(), depth + 1, inScan))));
      default -> statements.add(last);
    }
    return new Block(statements);
  }

  private boolean isConstant(int local) {
    Set<Operand> sources = assigned.getOrDefault(local, Set.of());
    return sources.size() == 1
        && sources.iterator().next() instanceof Operand.Constant
        && !otherwiseSet.contains(local);
  }

  private List<Block> leaveRules() {
    int result = result();
    if (result < 0 || !givesOneConstant(result)) {
      return blocks;
    }
    List<Block> shorter = new ArrayList<>();
    boolean mayBeSet = false;
    for (int i = 0; i < blocks.size() - 1; i++) {
      Block block = blocks.get(i);
      boolean handsOn = handsOn(block, result);
      boolean leave = mayBeSet && !handsOn && isOnItsOwn(i);
      shorter.add(leave ? unlessSet(result, block) : block);
      mayBeSet |= handsOn;
    }
    shorter.add(blocks.getLast());
    return shorter;
  }

  /** The local that the last block returns, or -1. */
  private int result() {
    return !blocks.isEmpty()
            && blocks.getLast().statements().size() == 1
            && blocks.getLast().statements().getFirst() instanceof Statement.Return(int source)
        ? source
        : -1;
  }

  /** Whether every rule hands the same constant on to the result, but for the default. */
  private boolean givesOneConstant(int result) {
    Set<Operand> constants = new HashSet<>();
    for (Block block : blocks) {
      if (handsOn(block, result)) {
        constants.addAll(assigned.get(given(block)));
      } else if (!isDefault(block, result) && written(block, true).contains(result)) {
        return false;
      }
    }
    return constants.size() == 1 && !otherwiseSet.contains(result);
  }

  private boolean handsOn(Block block, int result) {
    return block.statements().size() == 2
        && block.statements().get(0) instanceof Statement.IsDefined(int local)
        && block
            .statements()
            .get(1)
            .equals(new Statement.AssignOnce(new Operand.Local(local), result))
        && isConstant(local);
  }

  private static int given(Block handingOn) {
    return handingOn.statements().getFirst() instanceof Statement.IsDefined(int local) ? local : -1;
  }

  private static boolean isDefault(Block block, int result) {
    return !block.statements().isEmpty()
        && block.statements().getFirst().equals(new Statement.IsUndefined(result));
  }

  private static Block unlessSet(int result, Block block) {
    List<Statement> statements = new ArrayList<>();
    statements.add(new Statement.IsUndefined(result));
    statements.addAll(block.statements());
    return new Block(statements);
  }

  /** Whether no other block sees what this one leaves in its locals, except for constants. */
  private boolean isOnItsOwn(int index) {
    Set<Integer> left = written(blocks.get(index), true);
    left.removeIf(this::isConstant);
    for (int i = 0; i < blocks.size(); i++) {
      if (i != index && !Collections.disjoint(live.get(i), left)) {
        return false;
      }
    }
    return fillsOnlyItsOwn(blocks.get(index), left);
  }

  private static boolean fillsOnlyItsOwn(Block block, Set<Integer> own) {
    for (Statement statement : block.statements()) {
      OptionalInt filled = Mutations.filled(statement);
      if (filled.isPresent() && !own.contains(filled.getAsInt())) {
        return false;
      }
      if (!Walks.blocksOf(statement).stream().allMatch(inner -> fillsOnlyItsOwn(inner, own))) {
        return false;
      }
    }
    return true;
  }

  private static Set<Integer> written(Block block, boolean deep) {
    Set<Integer> written = new HashSet<>();
    new LocalUse() {
      @Override
      void read(int local) {}

      @Override
      void write(int local) {
        written.add(local);
      }
    }.block(deep ? block : withoutBlocks(block));
    return written;
  }

  private static Block withoutBlocks(Block block) {
    return new Block(
        block.statements().stream()
            .map(statement -> Walks.withBlocks(statement, Walks.empty(statement)))
            .toList());
  }
}
