package dev.blastwall.opa.plan;

import dev.blastwall.opa.Value;
import java.util.List;

/**
 * The statements of the IR. A statement whose input is unset is undefined, which ends the innermost
 * block, except where something else is said. Four ways to set a constant and four ways to test a
 * type are one record each here.
 */
public sealed interface Statement {
  /** Appends to the array in a local, in place. */
  record ArrayAppend(Operand value, int array) implements Statement {}

  /** Copies; an unset source makes the target unset. */
  record Assign(Operand source, int target) implements Statement {}

  /** Sets the target if it is unset; another value in it is a conflict. */
  record AssignOnce(Operand source, int target) implements Statement {}

  /** Runs blocks in turn, whether or not they are defined. */
  record Blocks(List<Block> blocks) implements Statement {
    public Blocks {
      blocks = List.copyOf(blocks);
    }
  }

  /** Jumps to the end of the n-th enclosing block, 0 being the innermost. */
  record Break(int index) implements Statement {}

  /** Calls a function or built-in by name. */
  record Call(String function, List<Operand> arguments, int result) implements Statement {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** Calls the rule at a path that is known only now, with input and data. */
  record CallDynamic(int input, int data, List<Operand> path, int result) implements Statement {
    public CallDynamic {
      path = List.copyOf(path);
    }
  }

  /**
   * Not of OPA's: runs the one case that holds the value at a path, if any does. The bodies stand
   * on the level of the block that holds them, so breaks count as if they were still in it.
   *
   * @param source the local from which the path starts
   * @param path names, one below the other
   */
  record Dispatch(int source, List<Value> path, List<Case> cases) implements Statement {
    public Dispatch {
      path = List.copyOf(path);
      cases = List.copyOf(cases);
    }

    /** What to run for some values. */
    public record Case(List<Value> values, Statement body) {
      public Case {
        values = List.copyOf(values);
      }
    }
  }

  /** Looks a key up. */
  record Dot(Operand source, Operand key, int target) implements Statement {}

  /** Is undefined unless the operands are equal. */
  record Equal(Operand left, Operand right) implements Statement {}

  /** Is undefined if the operands are equal. */
  record NotEqual(Operand left, Operand right) implements Statement {}

  /** Is undefined if the local is unset. */
  record IsDefined(int source) implements Statement {}

  /** Is undefined if the local is set. */
  record IsUndefined(int source) implements Statement {}

  /** Is undefined unless the operand has the type. */
  record IsType(Operand source, Value.Type type) implements Statement {}

  /** Counts members, or the code points of a string. */
  record Len(Operand source, int target) implements Statement {}

  /** Sets a constant: null or a number. */
  record MakeConstant(Value value, int target) implements Statement {}

  /** Says where the statement before it stands, which gave a local its value. */
  record Mark(int local, Location location) implements Statement {}

  /** Says that what stands there came through. */
  record Passed(Location location) implements Statement {}

  /** Not of OPA's: remembers under a number that it was reached. */
  record Reached(int number) implements Statement {}

  /** Makes an empty array. */
  record MakeArray(int capacity, int target) implements Statement {}

  /** Makes an empty object. */
  record MakeObject(int target) implements Statement {}

  /** Not of OPA's: makes an object with these members, in this order. */
  record MakeRecord(List<Value> keys, List<Operand> values, int target) implements Statement {
    public MakeRecord {
      keys = List.copyOf(keys);
      values = List.copyOf(values);
    }
  }

  /** Makes an empty set. */
  record MakeSet(int target) implements Statement {}

  /** Is undefined if the block completes. */
  record Not(Block block) implements Statement {}

  /** Sets a member of the object in a local, in place. */
  record ObjectInsert(Operand key, Operand value, int object) implements Statement {}

  /** As {@link ObjectInsert}; another value under the key is a conflict. */
  record ObjectInsertOnce(Operand key, Operand value, int object) implements Statement {}

  /** Lays one object over another; the first wins. */
  record ObjectMerge(int first, int second, int target) implements Statement {}

  /** Makes a local unset. */
  record Reset(int target) implements Statement {}

  /**
   * Not of OPA's: statements that a compiler moves into a method of their own. They stand on the
   * level of the block that holds them, so breaks count as if they were still in it.
   */
  record Outlined(Block body) implements Statement {}

  /** Adds the bindings in a local to the results. */
  record ResultSetAdd(int value) implements Statement {}

  /** Ends the function. */
  record Return(int source) implements Statement {}

  /** Runs the block for each member; defined also if there is none. */
  record Scan(int source, int key, int value, Block block) implements Statement {}

  /** Adds to the set in a local, in place. */
  record SetAdd(Operand value, int set) implements Statement {}

  /** Runs the block with a member of the local replaced; an empty path replaces the whole. */
  record With(int local, List<Value> path, Operand value, Block block) implements Statement {
    public With {
      path = List.copyOf(path);
    }
  }
}
