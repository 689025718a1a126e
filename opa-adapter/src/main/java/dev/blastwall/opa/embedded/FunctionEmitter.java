package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Statement;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes a function or entrypoint of the plan: its method, and the methods that were split off it.
 */
final class FunctionEmitter {
  private record Pending(String method, Block body) {}

  private final ClassBuilder target;
  private final ClassLayout layout;
  private final String conflict;
  private final List<Integer> params;
  private final Set<Statement> dataLookups;
  private final Block body;
  private final Variables variables;
  private final Queue<Pending> pending = new ArrayDeque<>();

  /**
   * @param conflict what to say when two rules give different values
   * @param params the locals that take the arguments: input, data, then the function's own
   * @param blocks the code; a return is only known as the one statement of the last block
   */
  FunctionEmitter(
      ClassBuilder target,
      ClassLayout layout,
      String conflict,
      List<Integer> params,
      List<Block> blocks) {
    this.target = target;
    this.layout = layout;
    this.conflict = conflict;
    this.params = params;
    // An explanation wants to know of every rule that holds, not only of the first.
    List<Block> folded = layout.isExplained() ? blocks : optimized(blocks);
    this.dataLookups = DataLookups.find(folded, params.get(1));
    this.body = bodyOf(layout, params, folded);
    this.variables = Variables.of(body, params);
  }

  private static List<Block> optimized(List<Block> blocks) {
    return Unread.drop(Records.in(EarlyExit.of(ConstantFolding.fold(blocks))));
  }

  private static Block bodyOf(ClassLayout layout, List<Integer> params, List<Block> blocks) {
    List<Block> before = blocks;
    List<Statement> last = List.of();
    if (!blocks.isEmpty() && endsInReturn(blocks.getLast())) {
      before = blocks.subList(0, blocks.size() - 1);
      last = blocks.getLast().statements();
    }
    if (before.stream().anyMatch(Walks::returns)) {
      throw new PlanDefect("a function returns before its end");
    }
    Block shrunk = layout.outliner().shrink(new Block(statements(layout, params, before)));
    List<Statement> statements = new ArrayList<>(shrunk.statements());
    statements.addAll(last);
    return new Block(statements);
  }

  /** An explanation also wants to know how far those rules came that an index leaves out. */
  private static List<Statement> statements(
      ClassLayout layout, List<Integer> params, List<Block> blocks) {
    return layout.isExplained()
        ? List.of(new Statement.Blocks(blocks))
        : RuleIndex.of(params, blocks);
  }

  private static boolean endsInReturn(Block block) {
    return block.statements().size() == 1
        && block.statements().getFirst() instanceof Statement.Return;
  }

  ClassLayout layout() {
    return layout;
  }

  boolean isDataLookup(Statement.Dot dot) {
    return dataLookups.contains(dot);
  }

  /** Whether any statement reads the local. */
  boolean isRead(int local) {
    return variables.isRead(local);
  }

  /** What to say when two rules give different values. */
  String conflict() {
    return conflict;
  }

  /** Takes statements for a method of their own, and gives its name. */
  String outline(Block outlined) {
    String name = layout.nextOutlined();
    pending.add(new Pending(name, outlined));
    return name;
  }

  void emitFunction(String method) {
    emit(
        method,
        code -> {
          code.aload(0);
          Symbols.tick(code);
          MethodEmitter emitter = functionMethod(code);
          code.aconst_null().areturn();
          emitter.finish();
        });
  }

  void emitEntrypoint(String method) {
    target.withMethodBody(
        method,
        Symbols.entrypoint(),
        ClassFile.ACC_STATIC,
        code -> {
          MethodEmitter emitter = functionMethod(code);
          code.return_();
          emitter.finish();
        });
    emitPending();
  }

  /** A rule has one value under one input and data, so it is evaluated once. */
  void emitRule(String method, int memo) {
    target.withMethodBody(
        method,
        Symbols.function(2),
        ClassFile.ACC_STATIC,
        code -> Memos.emit(code, memo, method + "_"));
    emitFunction(method + "_");
  }

  private void emit(String method, Consumer<CodeBuilder> body) {
    target.withMethodBody(method, Symbols.function(params.size()), ClassFile.ACC_STATIC, body);
    emitPending();
  }

  private MethodEmitter functionMethod(CodeBuilder code) {
    Registers registers = Registers.ofFunction(code, layout, variables, params, body);
    MethodEmitter emitter = new MethodEmitter(code, this, registers);
    emitter.functionBody(body);
    return emitter;
  }

  private void emitPending() {
    for (Pending next = pending.poll(); next != null; next = pending.poll()) {
      Block outlined = next.body;
      target.withMethodBody(
          next.method,
          Symbols.OUTLINED,
          ClassFile.ACC_STATIC,
          code -> emitOutlined(code, outlined));
    }
  }

  private void emitOutlined(CodeBuilder code, Block outlined) {
    Registers registers = Registers.ofOutlined(code, layout, variables, outlined);
    MethodEmitter emitter = new MethodEmitter(code, this, registers);
    emitter.outlinedBody(outlined);
    emitter.finish();
  }
}
