package dev.blastwall.opa.embedded;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.Builtin;
import dev.blastwall.opa.builtin.BuiltinFailure;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;

/** The classes and methods that generated code names. */
final class Symbols {
  static final ClassDesc VALUE = describe(Value.class);
  static final ClassDesc VALUES = VALUE.arrayType();
  static final ClassDesc GUESSES = ConstantDescs.CD_int.arrayType();
  static final ClassDesc INVOCATION = describe(Invocation.class);
  static final ClassDesc FAILURE = describe(BuiltinFailure.class);
  static final ClassDesc OBJECTS = ConstantDescs.CD_Object.arrayType();
  static final ClassDesc BOOLEAN_VALUE = describe(BooleanValue.class);
  static final ClassDesc NULL_VALUE = describe(NullValue.class);

  /** What an outlined method looks like. */
  static final MethodTypeDesc OUTLINED =
      MethodTypeDesc.of(ConstantDescs.CD_int, INVOCATION, VALUES);

  private static final ClassDesc OPS = describe(Ops.class);

  private Symbols() {}

  private static ClassDesc describe(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  /** A function of the plan: the invocation, then as many values as it has parameters. */
  static MethodTypeDesc function(int params) {
    return MethodTypeDesc.of(VALUE, parameters(INVOCATION, params));
  }

  /** An entrypoint: input and data. */
  static MethodTypeDesc entrypoint() {
    return MethodTypeDesc.of(ConstantDescs.CD_void, INVOCATION, VALUE, VALUE);
  }

  private static ClassDesc[] parameters(ClassDesc first, int values) {
    ClassDesc[] types = new ClassDesc[values + 1];
    Arrays.fill(types, VALUE);
    types[0] = first;
    return types;
  }

  /** Calls a method of {@link Ops} that maps values to a value. */
  static void map(CodeBuilder code, String name, int values) {
    code.invokestatic(OPS, name, MethodTypeDesc.of(VALUE, values(values)));
  }

  /** Calls a method of {@link Ops} that asks something of values. */
  static void test(CodeBuilder code, String name, int values) {
    code.invokestatic(OPS, name, MethodTypeDesc.of(ConstantDescs.CD_boolean, values(values)));
  }

  /** Calls a method of {@link Ops} that fills a collection, which costs memory. */
  static void fill(CodeBuilder code, String name, int values) {
    ClassDesc[] types = Arrays.copyOf(values(values), values + 1);
    types[values] = INVOCATION;
    code.invokestatic(OPS, name, MethodTypeDesc.of(ConstantDescs.CD_boolean, types));
  }

  static void makeRecord(CodeBuilder code) {
    code.invokestatic(OPS, "makeRecord", MethodTypeDesc.of(VALUE, VALUE, VALUES, INVOCATION));
  }

  static void charge(CodeBuilder code) {
    code.invokestatic(OPS, "charge", MethodTypeDesc.of(VALUE, VALUE, INVOCATION));
  }

  private static ClassDesc[] values(int count) {
    ClassDesc[] types = new ClassDesc[count];
    Arrays.fill(types, VALUE);
    return types;
  }

  static void assignOnce(CodeBuilder code) {
    code.invokestatic(
        OPS, "assignOnce", MethodTypeDesc.of(VALUE, VALUE, VALUE, ConstantDescs.CD_String));
  }

  static void dotName(CodeBuilder code) {
    code.invokestatic(
        OPS, "dotName", MethodTypeDesc.of(VALUE, VALUE, VALUE, GUESSES, ConstantDescs.CD_int));
  }

  static void caseOf(CodeBuilder code) {
    code.invokestatic(OPS, "caseOf", MethodTypeDesc.of(ConstantDescs.CD_int, VALUE, VALUE));
  }

  static void newArray(CodeBuilder code) {
    code.invokestatic(OPS, "newArray", MethodTypeDesc.of(VALUE, ConstantDescs.CD_int));
  }

  static void size(CodeBuilder code) {
    code.invokestatic(OPS, "size", MethodTypeDesc.of(ConstantDescs.CD_int, VALUE));
  }

  static void memberAt(CodeBuilder code, String name) {
    code.invokestatic(OPS, name, MethodTypeDesc.of(VALUE, VALUE, ConstantDescs.CD_int));
  }

  static void builtinFailed(CodeBuilder code) {
    code.invokestatic(
        OPS,
        "builtinFailed",
        MethodTypeDesc.of(ConstantDescs.CD_void, FAILURE, ConstantDescs.CD_String, INVOCATION));
  }

  static void tick(CodeBuilder code) {
    code.invokevirtual(INVOCATION, "tick", ConstantDescs.MTD_void);
  }

  static void recall(CodeBuilder code) {
    code.invokevirtual(
        INVOCATION, "recall", MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_int));
  }

  static void recalled(CodeBuilder code) {
    code.invokestatic(INVOCATION, "recalled", MethodTypeDesc.of(VALUE, ConstantDescs.CD_Object));
  }

  static void remember(CodeBuilder code) {
    code.invokevirtual(
        INVOCATION,
        "remember",
        MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, VALUE));
  }

  static void pushScope(CodeBuilder code) {
    code.invokevirtual(INVOCATION, "pushScope", MethodTypeDesc.of(OBJECTS));
  }

  static void popScope(CodeBuilder code) {
    code.invokevirtual(INVOCATION, "popScope", MethodTypeDesc.of(ConstantDescs.CD_void, OBJECTS));
  }

  static void mark(CodeBuilder code) {
    code.invokevirtual(
        INVOCATION, "mark", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int));
  }

  static void addResult(CodeBuilder code) {
    code.invokevirtual(INVOCATION, "addResult", MethodTypeDesc.of(ConstantDescs.CD_void, VALUE));
  }

  static void callDynamic(CodeBuilder code) {
    code.invokestatic(
        OPS, "callDynamic", MethodTypeDesc.of(VALUE, INVOCATION, VALUE, VALUE, VALUES));
  }

  /** The interface of a built-in with so many arguments. */
  static ClassDesc builtin(int arity) {
    return describe(
        switch (arity) {
          case 0 -> Builtin.Nullary.class;
          case 1 -> Builtin.Unary.class;
          case 2 -> Builtin.Binary.class;
          case 3 -> Builtin.Ternary.class;
          default -> Builtin.Quaternary.class;
        });
  }

  static void callBuiltin(CodeBuilder code, int arity) {
    ClassDesc context = describe(dev.blastwall.opa.builtin.EvaluationContext.class);
    code.invokeinterface(
        builtin(arity), "apply", MethodTypeDesc.of(VALUE, parameters(context, arity)));
  }

  /** The class of the values of a type. */
  static ClassDesc classOf(Value.Type type) {
    return describe(
        switch (type) {
          case ARRAY -> ArrayValue.class;
          case OBJECT -> ObjectValue.class;
          case SET -> SetValue.class;
          case NULL, BOOLEAN, NUMBER, STRING ->
              throw new IllegalArgumentException("no statement tests for " + type);
        });
  }
}
