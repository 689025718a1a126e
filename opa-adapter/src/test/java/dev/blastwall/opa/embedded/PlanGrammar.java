package dev.blastwall.opa.embedded;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes a plan out of bytes: each byte is a choice. Every statement is well-formed; what the plan
 * does need not make sense.
 */
final class PlanGrammar {
  static final List<String> BUILTINS =
      List.of("plus", "count", "array.concat", "internal.member_2", "walk", "internal.print");
  private static final List<String> STRINGS =
      List.of("result", "a", "b", "list", "1", "3.5", "1e400", "f0", "f1", "g0");
  private static final int LOCALS = 7;
  private static final int MAX_DEPTH = 4;

  private final byte[] choices;
  private int at;

  PlanGrammar(byte[] choices) {
    this.choices = choices;
  }

  /** When there are no more choices, the first is taken. */
  private int next(int bound) {
    return at < choices.length ? Math.floorMod(choices[at++], bound) : 0;
  }

  ObjectValue policy() {
    ObjectValue constants =
        new ObjectValue(3)
            .put("strings", list(STRINGS.stream().map(PlanGrammar::constant).toList()))
            .put("builtin_funcs", list(BUILTINS.stream().map(PlanGrammar::named).toList()))
            .put("files", list(List.of(constant("a.rego"))));
    ObjectValue plan = named("test").put("blocks", blocks(0, 2));
    return new ObjectValue(3)
        .put("static", constants)
        .put("plans", new ObjectValue(1).put("plans", list(List.of(plan))))
        .put("funcs", new ObjectValue(1).put("funcs", list(List.of(function(0), function(1)))));
  }

  private static ObjectValue constant(String text) {
    return new ObjectValue(1).put("value", text);
  }

  private static ObjectValue named(String name) {
    return new ObjectValue(3).put("name", name);
  }

  private static ArrayValue list(List<? extends Value> values) {
    return ArrayValue.of(List.copyOf(values));
  }

  private ObjectValue function(int index) {
    ArrayValue blocks = blocks(0, 3);
    blocks.add(new ObjectValue(1).put("stmts", list(List.of(statement("ReturnLocal", local())))));
    ArrayValue params = list(List.of(Value.of(0), Value.of(1)));
    if (next(3) == 1) {
      params.add(Value.of(4));
    }
    return named("f" + index)
        .put("path", list(List.of(Value.of("g0"), Value.of("f" + index))))
        .put("params", params)
        .put("return", 2)
        .put("blocks", blocks);
  }

  private ArrayValue blocks(int depth, int atMost) {
    return repeat(1 + next(atMost), () -> block(depth));
  }

  private static ArrayValue repeat(int times, Supplier<Value> made) {
    ArrayValue list = new ArrayValue(times);
    for (int i = 0; i < times; i++) {
      list.add(made.get());
    }
    return list;
  }

  private ObjectValue block(int depth) {
    return new ObjectValue(1).put("stmts", repeat(next(7), () -> anyStatement(depth)));
  }

  /** A statement with its members so far, in which each call of a method below takes a choice. */
  private ObjectValue statement(String kind, ObjectValue members) {
    return new ObjectValue(2)
        .put("type", kind + "Stmt")
        .put("stmt", members.put("file", 0).put("row", 1));
  }

  private Value anyStatement(int depth) {
    return switch (next(depth < MAX_DEPTH ? 33 : 28)) {
      case 0 -> statement("ResultSetAdd", members().put("value", next(LOCALS)));
      case 1 -> statement("MakeNull", target());
      case 2 -> statement("MakeArray", target().put("capacity", next(128)));
      case 3 -> statement("MakeObject", target());
      case 4 -> statement("MakeSet", target());
      case 5 -> statement("MakeNumberInt", target().put("value", next(256)));
      case 6 -> statement("MakeNumberRef", target().put("index", 4 + next(3)));
      case 7 -> statement("AssignInt", target().put("value", next(3)));
      case 8 -> statement("AssignVar", target().put("source", operand()));
      case 9 -> statement("AssignVarOnce", target().put("source", operand()));
      case 10 -> statement("ResetLocal", target());
      case 11 -> statement("Dot", target().put("source", operand()).put("key", operand()));
      case 12 -> statement("Len", target().put("source", operand()));
      case 13 -> statement("ObjectMerge", target().put("a", next(LOCALS)).put("b", next(LOCALS)));
      case 14 -> statement("ArrayAppend", value().put("array", next(LOCALS)));
      case 15 -> statement("SetAdd", value().put("set", next(LOCALS)));
      case 16 -> statement("ObjectInsert", keyed());
      case 17 -> statement("ObjectInsertOnce", keyed());
      case 18 -> statement("Equal", members().put("a", operand()).put("b", operand()));
      case 19 -> statement("NotEqual", members().put("a", operand()).put("b", operand()));
      case 20 -> statement("IsArray", members().put("source", operand()));
      case 21 -> statement("IsObject", members().put("source", operand()));
      case 22 -> statement("IsDefined", local());
      case 23 -> statement("IsUndefined", local());
      case 24 -> call();
      case 25 -> dynamicCall();
      case 26 -> statement("Break", members().put("index", next(4)));
      case 27 -> statement("ReturnLocal", local());
      case 28 -> statement("Block", members().put("blocks", blocks(depth + 1, 3)));
      case 29 -> statement("Not", members().put("block", block(depth + 1)));
      case 30 -> with(depth);
      default -> scan(depth);
    };
  }

  private ObjectValue members() {
    return new ObjectValue(8);
  }

  private ObjectValue local() {
    return members().put("source", next(LOCALS));
  }

  private ObjectValue target() {
    return members().put("target", next(LOCALS));
  }

  private ObjectValue value() {
    return members().put("value", operand());
  }

  private ObjectValue keyed() {
    return value().put("key", operand()).put("object", next(LOCALS));
  }

  private Value operand() {
    return switch (next(4)) {
      case 1 -> operand("string_index", Value.of(next(STRINGS.size())));
      case 2 -> operand("bool", next(2) == 0 ? BooleanValue.FALSE : BooleanValue.TRUE);
      default -> operand("local", Value.of(next(LOCALS)));
    };
  }

  private static ObjectValue operand(String type, Value value) {
    return new ObjectValue(2).put("type", type).put("value", value);
  }

  private Value call() {
    int function = next(2 + BUILTINS.size());
    String name = function < 2 ? "f" + function : BUILTINS.get(function - 2);
    return statement(
        "Call",
        members()
            .put("func", name)
            .put("args", repeat(1 + next(3), this::operand))
            .put("result", next(LOCALS)));
  }

  private Value dynamicCall() {
    return statement(
        "CallDynamic",
        members()
            .put("args", list(List.of(Value.of(0), Value.of(1))))
            .put("path", repeat(2, this::operand))
            .put("result", next(LOCALS)));
  }

  private Value with(int depth) {
    return statement(
        "With",
        value()
            .put("local", next(LOCALS))
            .put("path", repeat(next(3), () -> Value.of(next(4))))
            .put("block", block(depth + 1)));
  }

  private Value scan(int depth) {
    return statement(
        "Scan",
        local().put("key", next(LOCALS)).put("value", next(LOCALS)).put("block", block(depth + 1)));
  }
}
