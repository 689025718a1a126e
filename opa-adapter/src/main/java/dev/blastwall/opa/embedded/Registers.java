package dev.blastwall.opa.embedded;

import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where the locals of the IR are in one method: in JVM locals, or in the frame that outlined
 * methods share.
 */
final class Registers {
  private final CodeBuilder code;
  private final ClassLayout layout;
  private final Variables variables;
  private final Map<Integer, Integer> slots = new HashMap<>();
  private final int frame;

  private Registers(CodeBuilder code, ClassLayout layout, Variables variables, int frame) {
    this.code = code;
    this.layout = layout;
    this.variables = variables;
    this.frame = frame;
  }

  /** For the method of a function: the invocation is local 0 of the JVM, the parameters follow. */
  static Registers ofFunction(
      CodeBuilder code, ClassLayout layout, Variables variables, List<Integer> params, Block body) {
    int frame = variables.frameSize() == 0 ? -1 : code.allocateLocal(TypeKind.REFERENCE);
    Registers registers = new Registers(code, layout, variables, frame);
    if (frame >= 0) {
      code.loadConstant(variables.frameSize()).anewarray(Symbols.VALUE).astore(frame);
    }
    for (int i = 0; i < params.size(); i++) {
      int slot = code.parameterSlot(i + 1);
      if (variables.isShared(params.get(i))) {
        code.aload(slot);
        registers.store(params.get(i));
      } else {
        registers.slots.put(params.get(i), slot);
      }
    }
    registers.clear(body);
    return registers;
  }

  /** For an outlined method: the invocation is local 0 of the JVM, the frame is local 1. */
  static Registers ofOutlined(
      CodeBuilder code, ClassLayout layout, Variables variables, Block body) {
    Registers registers = new Registers(code, layout, variables, code.parameterSlot(1));
    registers.clear(body);
    return registers;
  }

  /** The verifier wants every local assigned before it is read; unset is null. */
  private void clear(Block body) {
    for (int local : variables.privateTo(body)) {
      if (!slots.containsKey(local)) {
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        slots.put(local, slot);
        code.aconst_null().astore(slot);
      }
    }
  }

  private int slot(int local) {
    return Objects.requireNonNull(slots.get(local));
  }

  /** For an outlined method; there is no frame if nothing is shared. */
  void loadFrame() {
    if (frame < 0) {
      code.aconst_null();
    } else {
      code.aload(frame);
    }
  }

  void load(int local) {
    if (variables.isShared(local)) {
      code.aload(frame).loadConstant(variables.frameIndex(local)).aaload();
    } else {
      code.aload(slot(local));
    }
  }

  /** Takes the value from the stack. */
  void store(int local) {
    if (variables.isShared(local)) {
      code.aload(frame).swap().loadConstant(variables.frameIndex(local)).swap().aastore();
    } else {
      code.astore(slot(local));
    }
  }

  /** Takes the value from the stack; an undefined one is stored too, and then jumped away from. */
  void storeOrElse(int local, Label undefined) {
    code.dup();
    store(local);
    code.ifnull(undefined);
  }

  void clear(int local) {
    code.aconst_null();
    store(local);
  }

  void load(Operand operand) {
    switch (operand) {
      case Operand.Local(int index) -> load(index);
      case Operand.Constant(Value value) -> load(value);
    }
  }

  /** Jumps unless the operand is set. */
  void require(Operand operand, Label undefined) {
    if (operand instanceof Operand.Local(int index)) {
      load(index);
      code.ifnull(undefined);
    }
  }

  void load(Value value) {
    if (value == BooleanValue.TRUE || value == BooleanValue.FALSE) {
      code.getstatic(
          Symbols.BOOLEAN_VALUE,
          value == BooleanValue.TRUE ? "TRUE" : "FALSE",
          Symbols.BOOLEAN_VALUE);
    } else if (value == NullValue.NULL) {
      code.getstatic(Symbols.NULL_VALUE, "NULL", Symbols.NULL_VALUE);
    } else {
      code.loadConstant(ClassLayout.valueArray()).loadConstant(layout.index(value)).aaload();
    }
  }
}
