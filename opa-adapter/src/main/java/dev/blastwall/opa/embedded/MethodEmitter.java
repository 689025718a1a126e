package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Statement;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the control flow of one method; {@link StatementEmitter} writes what stands between. */
final class MethodEmitter {
  /**
   * A block that is being written: where undefined jumps to, and what a jump across its border has
   * to put back.
   */
  private record Level(Label end, Runnable restore) {}

  private static final Runnable NOTHING = () -> {};

  private final CodeBuilder code;
  private final FunctionEmitter function;
  private final Registers registers;
  private final StatementEmitter statements;
  private final List<Level> levels = new ArrayList<>();

  /** Where a built-in can fail: the code for that stands at the end of the method. */
  private record Handler(Label undefined, String builtin) {}

  private final Map<Handler, Label> handlers = new LinkedHashMap<>();

  MethodEmitter(CodeBuilder code, FunctionEmitter function, Registers registers) {
    this.code = code;
    this.function = function;
    this.registers = registers;
    this.statements = new StatementEmitter(code, function, registers);
  }

  /** Writes the body of a function; afterwards the code stands where it ended, defined or not. */
  void functionBody(Block body) {
    level(body, NOTHING);
  }

  /**
   * Writes an outlined body; the method returns 0 when it completes, n + 1 when it breaks out n
   * levels.
   */
  void outlinedBody(Block body) {
    Label end = code.newLabel();
    levels.add(new Level(end, NOTHING));
    body.statements().forEach(this::statement);
    levels.removeLast();
    code.iconst_0().ireturn();
    code.labelBinding(end);
    code.iconst_1().ireturn();
  }

  /**
   * Writes what stands behind the last return: the way from a failed built-in to the end of its
   * block.
   */
  void finish() {
    handlers.forEach((handler, label) -> {
      code.labelBinding(label);
      code.loadConstant(handler.builtin).aload(0);
      Symbols.builtinFailed(code);
      code.goto_(handler.undefined);
    });
  }

  private Label handler(String builtin) {
    return handlers.computeIfAbsent(new Handler(undefined(), builtin), added -> code.newLabel());
  }

  private Label undefined() {
    return levels.getLast().end;
  }

  /** Writes a block, and binds its end behind it. */
  private void level(Block block, Runnable restore) {
    Label end = code.newLabel();
    level(block, end, restore);
    code.labelBinding(end);
  }

  private void level(Block block, Label end, Runnable restore) {
    levels.add(new Level(end, restore));
    block.statements().forEach(this::statement);
    levels.removeLast();
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Blocks(List<Block> blocks) -> blocks.forEach(block -> level(block, NOTHING));
      case Statement.Break(int index) -> jumpOut(index);
      case Statement.Not(Block block) -> not(block);
      case Statement.Scan scan -> scan(scan);
      case Statement.With with -> with(with);
      case Statement.Outlined outlined -> outlined(outlined);
      case Statement.Dispatch dispatch -> dispatch(dispatch);
      case Statement.Call call ->
          statements.call(call, undefined(), () -> handler(call.function()));
      default -> statements.emit(statement, undefined());
    }
  }

  /** Jumps to the end of the n-th enclosing block, which may be one of the caller's. */
  private void jumpOut(int index) {
    int target = levels.size() - 1 - index;
    for (int i = levels.size() - 1; i > target && i >= 0; i--) {
      levels.get(i).restore.run();
    }
    if (target >= 0) {
      code.goto_(levels.get(target).end);
    } else {
      code.loadConstant(index - levels.size() + 2).ireturn();
    }
  }

  private void not(Block block) {
    Label undefined = undefined();
    Label end = code.newLabel();
    level(block, end, NOTHING);
    code.goto_(undefined);
    code.labelBinding(end);
  }

  private void scan(Statement.Scan scan) {
    boolean sorted = Walks.isOrderSeen(scan);
    int source = code.allocateLocal(TypeKind.REFERENCE);
    int size = code.allocateLocal(TypeKind.INT);
    int position = code.allocateLocal(TypeKind.INT);
    Label next = code.newLabel();
    Label done = code.newLabel();
    registers.load(scan.source());
    code.dup().astore(source);
    Symbols.size(code);
    code.istore(size).iconst_0().istore(position);
    code.labelBinding(next);
    code.iload(position).iload(size).if_icmpge(done);
    code.aload(0);
    Symbols.tick(code);
    member(source, position, sorted ? "sortedKeyAt" : "keyAt", scan.key());
    member(source, position, sorted ? "sortedValueAt" : "valueAt", scan.value());
    level(scan.block(), NOTHING);
    code.iinc(position, 1).goto_(next);
    code.labelBinding(done);
  }

  private void member(int source, int position, String accessor, int target) {
    if (!function.isRead(target)) {
      return;
    }
    code.aload(source).iload(position);
    Symbols.memberAt(code, accessor);
    registers.store(target);
  }

  private void with(Statement.With with) {
    Label undefined = undefined();
    int saved = code.allocateLocal(TypeKind.REFERENCE);
    int scope = code.allocateLocal(TypeKind.REFERENCE);
    if (!with.path().isEmpty()) {
      registers.require(with.value(), undefined);
    }
    registers.load(with.local());
    code.astore(saved).aload(0);
    Symbols.pushScope(code);
    code.astore(scope);
    statements.patch(with);
    Runnable restore =
        () -> {
          code.aload(saved);
          registers.store(with.local());
          code.aload(0).aload(scope);
          Symbols.popScope(code);
        };
    Label end = code.newLabel();
    Label done = code.newLabel();
    level(with.block(), end, restore);
    restore.run();
    code.goto_(done);
    code.labelBinding(end);
    restore.run();
    code.goto_(undefined);
    code.labelBinding(done);
  }

  private void dispatch(Statement.Dispatch dispatch) {
    Label done = code.newLabel();
    List<Label> labels = dispatch.cases().stream().map(each -> code.newLabel()).toList();
    List<SwitchCase> table = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      table.add(SwitchCase.of(i, labels.get(i)));
    }
    statements.loadCase(dispatch);
    code.tableswitch(done, table);
    for (int i = 0; i < labels.size(); i++) {
      code.labelBinding(labels.get(i));
      statement(dispatch.cases().get(i).body());
      code.goto_(done);
    }
    code.labelBinding(done);
  }

  private void outlined(Statement.Outlined outlined) {
    code.aload(0);
    registers.loadFrame();
    code.invokestatic(ClassLayout.SELF, function.outline(outlined.body()), Symbols.OUTLINED);
    int result = code.allocateLocal(TypeKind.INT);
    code.istore(result);
    for (int index : Walks.breaksOutOf(outlined.body())) {
      Label other = code.newLabel();
      code.iload(result).loadConstant(index + 1).if_icmpne(other);
      jumpOut(index);
      code.labelBinding(other);
    }
  }
}
