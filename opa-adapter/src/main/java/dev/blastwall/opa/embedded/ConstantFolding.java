package dev.blastwall.opa.embedded;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the collections that a policy writes out ({@code {"select", "insert"}}) when it is loaded
 * instead of each time; the planner gives a statement for every element.
 */
final class ConstantFolding {
  private final Set<Statement> filledLater;
  private final Set<Statement> folded;

  private ConstantFolding(Set<Statement> filledLater, Set<Statement> folded) {
    this.filledLater = filledLater;
    this.folded = folded;
  }

  /** The same function, with its constant collections made. */
  static List<Block> fold(List<Block> blocks) {
    Set<Statement> atOnce = Collections.newSetFromMap(new IdentityHashMap<>());
    new ConstantFolding(Set.of(), atOnce).blocks(blocks);
    Set<Statement> filledLater = Mutations.filledLater(blocks, atOnce);
    return new ConstantFolding(filledLater, atOnce).blocks(blocks);
  }

  private List<Block> blocks(List<Block> blocks) {
    return blocks.stream().map(block -> new Run().of(block)).toList();
  }

  /** The statements of one block, which run one after the other. */
  private final class Run {
    private final List<Statement> out = new ArrayList<>();
    private final Map<Integer, Value> known = new HashMap<>();
    private final Map<Integer, CollectionValue> open = new LinkedHashMap<>();

    Block of(Block block) {
      block.statements().forEach(this::statement);
      closeAll();
      return new Block(out);
    }

    private void statement(Statement statement) {
      switch (statement) {
        case Statement.MakeConstant(Value value, int target) -> set(target, value, statement);
        case Statement.MakeArray(int ignored, int target) ->
            make(target, new ArrayValue(0), statement);
        case Statement.MakeSet(int target) -> make(target, new SetValue(0), statement);
        case Statement.MakeObject(int target) -> make(target, new ObjectValue(0), statement);
        case Statement.ArrayAppend(Operand value, int array) ->
            fill(statement, array, value, value);
        case Statement.SetAdd(Operand value, int set) -> fill(statement, set, value, value);
        case Statement.ObjectInsert(Operand key, Operand value, int object) ->
            fill(statement, object, key, value);
        default -> other(statement);
      }
    }

    private void set(int target, Value value, Statement statement) {
      open.remove(target);
      known.put(target, value);
      out.add(statement);
    }

    private void make(int target, CollectionValue empty, Statement statement) {
      if (filledLater.contains(statement)) {
        other(statement);
      } else {
        known.remove(target);
        open.remove(target);
        open.put(target, empty);
      }
    }

    private void fill(Statement statement, int target, Operand keyOperand, Operand valueOperand) {
      Value key = constant(keyOperand);
      Value value = constant(valueOperand);
      CollectionValue collection = open.get(target);
      if (key == null || value == null || collection == null) {
        other(statement);
        return;
      }
      folded.add(statement);
      switch (collection) {
        case ArrayValue array -> array.add(value);
        case SetValue set -> set.add(value);
        case ObjectValue object -> object.put(key, value);
      }
    }

    private @Nullable Value constant(Operand operand) {
      return switch (operand) {
        case Operand.Constant(Value value) -> value;
        case Operand.Local(int index) -> {
          close(index);
          yield known.get(index);
        }
      };
    }

    private void other(Statement statement) {
      closeAll();
      List<Block> inner = Walks.blocksOf(statement);
      if (inner.isEmpty()) {
        out.add(statement);
        forgetTargets(statement);
      } else {
        out.add(Walks.withBlocks(statement, blocks(inner)));
        known.clear();
      }
    }

    private void forgetTargets(Statement statement) {
      new LocalUse() {
        @Override
        void read(int local) {}

        @Override
        void write(int local) {
          known.remove(local);
        }
      }.statement(statement);
    }

    private void closeAll() {
      List.copyOf(open.keySet()).forEach(this::close);
    }

    private void close(int local) {
      CollectionValue collection = open.remove(local);
      if (collection != null) {
        known.put(local, collection);
        out.add(new Statement.MakeConstant(collection, local));
      }
    }
  }
}
