package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Statement;
import java.util.List;

/** Names the locals that a statement reads and writes, in the order in which it does. */
abstract class LocalUse {
  abstract void read(int local);

  abstract void write(int local);

  /** Statements in a method of their own; by default not looked into. */
  void outlined(Statement.Outlined statement) {}

  void block(Block block) {
    block.statements().forEach(this::statement);
  }

  final void read(Operand operand) {
    if (operand instanceof Operand.Local(int index)) {
      read(index);
    }
  }

  private void read(List<Operand> operands) {
    operands.forEach(this::read);
  }

  void statement(Statement statement) {
    switch (statement) {
      case Statement.ArrayAppend(Operand value, int array) -> {
        read(value);
        read(array);
      }
      case Statement.Assign(Operand source, int target) -> {
        read(source);
        write(target);
      }
      case Statement.AssignOnce(Operand source, int target) -> {
        read(source);
        read(target);
        write(target);
      }
      case Statement.Blocks(List<Block> blocks) -> blocks.forEach(this::block);
      case Statement.Break ignored -> {}
      case Statement.Call(String ignored, List<Operand> arguments, int result) -> {
        read(arguments);
        write(result);
      }
      case Statement.CallDynamic(int input, int data, List<Operand> path, int result) -> {
        read(input);
        read(data);
        read(path);
        write(result);
      }
      case Statement.Dispatch(int source, var ignored, List<Statement.Dispatch.Case> cases) -> {
        read(source);
        cases.forEach(each -> statement(each.body()));
      }
      case Statement.Dot(Operand source, Operand key, int target) -> {
        read(source);
        read(key);
        write(target);
      }
      case Statement.Equal(Operand left, Operand right) -> {
        read(left);
        read(right);
      }
      case Statement.NotEqual(Operand left, Operand right) -> {
        read(left);
        read(right);
      }
      case Statement.IsDefined(int source) -> read(source);
      case Statement.IsUndefined(int source) -> read(source);
      case Statement.IsType(Operand source, var ignored) -> read(source);
      case Statement.Len(Operand source, int target) -> {
        read(source);
        write(target);
      }
      case Statement.MakeConstant(var ignored, int target) -> write(target);
      case Statement.Mark ignored -> {}
      case Statement.Passed ignored -> {}
      case Statement.Reached ignored -> {}
      case Statement.MakeArray(int ignored, int target) -> write(target);
      case Statement.MakeObject(int target) -> write(target);
      case Statement.MakeRecord(var ignored, List<Operand> values, int target) -> {
        read(values);
        write(target);
      }
      case Statement.MakeSet(int target) -> write(target);
      case Statement.Not(Block block) -> block(block);
      case Statement.ObjectInsert(Operand key, Operand value, int object) -> {
        read(key);
        read(value);
        read(object);
      }
      case Statement.ObjectInsertOnce(Operand key, Operand value, int object) -> {
        read(key);
        read(value);
        read(object);
      }
      case Statement.ObjectMerge(int first, int second, int target) -> {
        read(first);
        read(second);
        write(target);
      }
      case Statement.Outlined outlined -> outlined(outlined);
      case Statement.Reset(int target) -> write(target);
      case Statement.ResultSetAdd(int value) -> read(value);
      case Statement.Return(int source) -> read(source);
      case Statement.Scan(int source, int key, int value, Block block) -> {
        read(source);
        write(key);
        write(value);
        block(block);
      }
      case Statement.SetAdd(Operand value, int set) -> {
        read(value);
        read(set);
      }
      case Statement.With(int local, var ignored, Operand value, Block block) -> {
        read(local);
        read(value);
        write(local);
        block(block);
      }
    }
  }
}
