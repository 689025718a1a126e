package dev.blastwall.opa.embedded;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.Builtin;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Statement;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the statements without blocks of their own. */
final class StatementEmitter {
  /** Built-ins that give what was there before or is no larger than a step. */
  private static final Set<String> FINDING =
      Set.of("object.get", "max", "min", "count", "internal.member_2", "internal.member_3");

  private final CodeBuilder code;
  private final FunctionEmitter function;
  private final Registers registers;

  StatementEmitter(CodeBuilder code, FunctionEmitter function, Registers registers) {
    this.code = code;
    this.function = function;
    this.registers = registers;
  }

  void emit(Statement statement, Label undefined) {
    switch (statement) {
      case Statement.Assign(Operand source, int target) -> {
        registers.load(source);
        registers.store(target);
      }
      case Statement.AssignOnce once -> assignOnce(once, undefined);
      case Statement.Dot dot -> {
        dot(dot);
        registers.storeOrElse(dot.target(), undefined);
      }
      case Statement.Equal(Operand left, Operand right) -> equal(left, right, undefined);
      case Statement.NotEqual(Operand left, Operand right) -> notEqual(left, right, undefined);
      case Statement.IsDefined(int source) -> {
        registers.load(source);
        code.ifnull(undefined);
      }
      case Statement.IsUndefined(int source) -> {
        registers.load(source);
        code.ifnonnull(undefined);
      }
      case Statement.IsType(Operand source, Value.Type type) -> {
        registers.load(source);
        code.instanceOf(Symbols.classOf(type)).ifeq(undefined);
      }
      case Statement.CallDynamic call -> callDynamic(call, undefined);
      case Statement.Reached(int number) -> {
        code.aload(0).loadConstant(number);
        Symbols.mark(code);
      }
      case Statement.Return(int source) -> {
        registers.load(source);
        code.areturn();
      }
      case Statement.ResultSetAdd(int value) -> {
        registers.load(value);
        code.ifnull(undefined).aload(0);
        registers.load(value);
        Symbols.addResult(code);
      }
      default -> emitData(statement, undefined);
    }
  }

  private void dot(Statement.Dot dot) {
    registers.load(dot.source());
    if (dot.key() instanceof Operand.Constant(StringValue name)) {
      dotName(name);
    } else {
      registers.load(dot.key());
      Symbols.map(code, function.isDataLookup(dot) ? "dotData" : "dot", 2);
    }
  }

  private void dotName(Value name) {
    registers.load(name);
    code.loadConstant(ClassLayout.guessArray()).loadConstant(function.layout().nextGuess());
    Symbols.dotName(code);
  }

  /** Leaves the index of the case to run on the stack, or -1. */
  void loadCase(Statement.Dispatch dispatch) {
    ObjectValue cases = new ObjectValue(dispatch.cases().size());
    for (int i = 0; i < dispatch.cases().size(); i++) {
      for (Value value : dispatch.cases().get(i).values()) {
        cases.put(value, NumberValue.of(i));
      }
    }
    registers.load(dispatch.source());
    dispatch.path().forEach(this::dotName);
    registers.load(cases);
    Symbols.caseOf(code);
  }

  /** The statements that make and fill values. */
  private void emitData(Statement statement, Label undefined) {
    switch (statement) {
      case Statement.MakeConstant(Value value, int target) -> {
        registers.load(value);
        registers.store(target);
      }
      case Statement.MakeArray(int capacity, int target) -> {
        code.loadConstant(capacity);
        Symbols.newArray(code);
        registers.store(target);
      }
      case Statement.MakeObject(int target) -> {
        Symbols.map(code, "newObject", 0);
        registers.store(target);
      }
      case Statement.MakeRecord make -> makeRecord(make, undefined);
      case Statement.MakeSet(int target) -> {
        Symbols.map(code, "newSet", 0);
        registers.store(target);
      }
      case Statement.Reset(int target) -> registers.clear(target);
      case Statement.Len(Operand source, int target) -> {
        registers.load(source);
        Symbols.map(code, "length", 1);
        registers.storeOrElse(target, undefined);
      }
      case Statement.ArrayAppend(Operand value, int array) ->
          fill("append", undefined, new Operand.Local(array), value);
      case Statement.SetAdd(Operand value, int set) ->
          fill("addToSet", undefined, new Operand.Local(set), value);
      case Statement.ObjectInsert(Operand key, Operand value, int object) ->
          fill("insert", undefined, new Operand.Local(object), key, value);
      case Statement.ObjectInsertOnce(Operand key, Operand value, int object) ->
          fill("insertOnce", undefined, new Operand.Local(object), key, value);
      case Statement.ObjectMerge(int first, int second, int target) -> {
        registers.load(first);
        registers.load(second);
        Symbols.map(code, "merge", 2);
        registers.storeOrElse(target, undefined);
      }
      default -> throw new IllegalArgumentException("not a statement without blocks: " + statement);
    }
  }

  private void makeRecord(Statement.MakeRecord make, Label undefined) {
    ObjectValue template =
        ObjectValue.ofKeys(make.keys().stream().map(ClassLayout::named).toList());
    registers.clear(make.target());
    make.values().forEach(value -> registers.require(value, undefined));
    registers.load(template);
    array(make.values());
    code.aload(0);
    Symbols.makeRecord(code);
    registers.store(make.target());
  }

  /** Leaves an array of the operands on the stack. */
  private void array(List<Operand> operands) {
    code.loadConstant(operands.size()).anewarray(Symbols.VALUE);
    for (int i = 0; i < operands.size(); i++) {
      code.dup().loadConstant(i);
      registers.load(operands.get(i));
      code.aastore();
    }
  }

  private void fill(String name, Label undefined, Operand... operands) {
    for (Operand operand : operands) {
      registers.load(operand);
    }
    code.aload(0);
    Symbols.fill(code, name, operands.length);
    code.ifeq(undefined);
  }

  private void test(String name, Label undefined, Operand... operands) {
    for (Operand operand : operands) {
      registers.load(operand);
    }
    Symbols.test(code, name, operands.length);
    code.ifeq(undefined);
  }

  private void assignOnce(Statement.AssignOnce once, Label undefined) {
    registers.require(once.source(), undefined);
    registers.load(once.target());
    registers.load(once.source());
    code.loadConstant(function.conflict());
    Symbols.assignOnce(code);
    registers.store(once.target());
  }

  private void equal(Operand left, Operand right, Label undefined) {
    if (isBoolean(left) || isBoolean(right)) {
      registers.load(left);
      registers.load(right);
      code.if_acmpne(undefined);
    } else {
      test("equal", undefined, left, right);
    }
  }

  private void notEqual(Operand left, Operand right, Label undefined) {
    if (isBoolean(left) || isBoolean(right)) {
      registers.require(left, undefined);
      registers.require(right, undefined);
      registers.load(left);
      registers.load(right);
      code.if_acmpeq(undefined);
    } else {
      test("notEqual", undefined, left, right);
    }
  }

  /** There is one true and one false, so identity is equality; what is unset is neither. */
  private static boolean isBoolean(Operand operand) {
    return operand instanceof Operand.Constant(Value value) && value instanceof BooleanValue;
  }

  void call(Statement.Call call, Label undefined, Supplier<Label> handler) {
    ClassLayout.@Nullable FunctionRef target = function.layout().function(call.function());
    if (target != null) {
      callFunction(call, target);
    } else {
      callBuiltin(call, undefined, handler.get());
    }
    registers.storeOrElse(call.result(), undefined);
  }

  private void callFunction(Statement.Call call, ClassLayout.FunctionRef target) {
    if (call.arguments().size() != target.params()) {
      throw new PlanDefect("the call of " + call.function() + " has the wrong number of arguments");
    }
    code.aload(0);
    call.arguments().forEach(registers::load);
    code.invokestatic(ClassLayout.SELF, target.method(), Symbols.function(target.params()));
  }

  private void callBuiltin(Statement.Call call, Label undefined, Label handler) {
    Builtin builtin = function.layout().builtin(call.function());
    if (builtin == null) {
      throw new PlanDefect("it calls " + call.function() + " but does not declare it");
    }
    if (call.arguments().size() != builtin.arity()) {
      throw new PlanDefect("the call of " + call.function() + " has the wrong number of arguments");
    }
    call.arguments().forEach(argument -> registers.require(argument, undefined));
    Label start = code.newBoundLabel();
    code.loadConstant(function.layout().builtinConstant(call.function())).aload(0);
    call.arguments().forEach(registers::load);
    Symbols.callBuiltin(code, builtin.arity());
    Label end = code.newBoundLabel();
    code.exceptionCatch(start, end, handler, Symbols.FAILURE);
    if (!FINDING.contains(call.function())) {
      code.aload(0);
      Symbols.charge(code);
    }
  }

  private void callDynamic(Statement.CallDynamic call, Label undefined) {
    call.path().forEach(part -> registers.require(part, undefined));
    code.aload(0);
    registers.load(call.input());
    registers.load(call.data());
    array(call.path());
    Symbols.callDynamic(code);
    registers.storeOrElse(call.result(), undefined);
  }

  /**
   * Replaces the local of a {@code with} by the document that its body sees. As a whole it may
   * become unset: the planner restores an absent input that way.
   */
  void patch(Statement.With with) {
    if (with.path().isEmpty()) {
      registers.load(with.value());
    } else {
      registers.load(with.local());
      registers.load(ArrayValue.of(with.path()));
      registers.load(with.value());
      Symbols.map(code, "patch", 3);
    }
    registers.store(with.local());
  }
}
