package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Statement;
import java.util.List;

/** Upper bounds for the bytecode of statements, in bytes. */
final class Sizes {
  private static final int LEAF = 60;
  private static final int OPERAND = 16;
  private static final int LABEL = 8;
  private static final int OUTLINED = 60;
  private static final int SCAN = 120;
  private static final int WITH = 160;
  private static final int CASE = 12;

  private Sizes() {}

  static int of(List<Statement> statements) {
    return statements.stream().mapToInt(Sizes::of).sum();
  }

  static int of(Statement statement) {
    return switch (statement) {
      case Statement.Blocks(List<Block> blocks) ->
          blocks.stream().mapToInt(block -> LABEL + of(block.statements())).sum();
      case Statement.Dispatch dispatch -> of(dispatch);
      case Statement.Not(Block block) -> LABEL + of(block.statements());
      case Statement.Scan scan -> SCAN + of(scan.block().statements());
      case Statement.With with -> WITH + of(with.block().statements());
      case Statement.Call call -> LEAF + 2 * OPERAND * call.arguments().size();
      case Statement.CallDynamic call -> LEAF + 2 * OPERAND * call.path().size();
      case Statement.MakeRecord make -> LEAF + 2 * OPERAND * make.values().size();
      case Statement.Outlined ignored -> OUTLINED;
      default -> LEAF;
    };
  }

  private static int of(Statement.Dispatch dispatch) {
    return LEAF
        + OPERAND * dispatch.path().size()
        + dispatch.cases().stream().mapToInt(each -> CASE + of(each.body())).sum();
  }
}
