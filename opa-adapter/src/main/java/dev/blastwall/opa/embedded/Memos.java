package dev.blastwall.opa.embedded;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/** Writes the method of a rule that remembers what the rule's code gave. */
final class Memos {
  private Memos() {}

  static void emit(CodeBuilder code, int memo, String compute) {
    int known = code.allocateLocal(TypeKind.REFERENCE);
    int value = code.allocateLocal(TypeKind.REFERENCE);
    Label unknown = code.newLabel();
    code.aload(0).loadConstant(memo);
    Symbols.recall(code);
    code.astore(known).aload(known).ifnull(unknown).aload(known);
    Symbols.recalled(code);
    code.areturn();
    code.labelBinding(unknown);
    code.aload(0).aload(1).aload(2);
    code.invokestatic(ClassLayout.SELF, compute, Symbols.function(2)).astore(value);
    code.aload(0).loadConstant(memo).aload(value);
    Symbols.remember(code);
    code.aload(value).areturn();
  }
}
