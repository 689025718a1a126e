package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Moves statements into methods of their own until every method is small.
 *
 * <p>HotSpot does not compile a method of more than 8,000 bytes, and the JVM does not load one of
 * more than 65,535.
 */
final class Outliner {
  /** Bytes of bytecode at which a method is split; the estimates are upper bounds. */
  static final int LIMIT = 7_000;

  private static final int SMALL = 200;

  private final int limit;

  /**
   * @param limit at how many bytes a method is split
   */
  Outliner(int limit) {
    this.limit = limit;
  }

  /**
   * The same block, with its statements partly {@link Statement.Outlined}, so that no method gets
   * too large.
   */
  Block shrink(Block block) {
    List<Statement> statements = new ArrayList<>();
    for (Statement statement : block.statements()) {
      statements.addAll(shrink(statement));
    }
    while (Sizes.of(statements) > limit) {
      statements = group(statements);
    }
    return new Block(statements);
  }

  private List<Statement> shrink(Statement statement) {
    return switch (statement) {
      case Statement.Blocks(List<Block> blocks) -> shrinkBlocks(blocks);
      case Statement.Not(Block block) -> List.of(new Statement.Not(shrinkBody(block)));
      case Statement.Dispatch dispatch -> List.of(shrink(dispatch));
      case Statement.Scan scan ->
          List.of(
              new Statement.Scan(
                  scan.source(), scan.key(), scan.value(), shrinkBody(scan.block())));
      case Statement.With with ->
          List.of(
              new Statement.With(
                  with.local(), with.path(), with.value(), shrinkBody(with.block())));
      default -> List.of(statement);
    };
  }

  /**
   * Blocks that follow each other in one statement mean the same as one statement for each of them.
   */
  private List<Statement> shrinkBlocks(List<Block> blocks) {
    List<Block> bodies = blocks.stream().map(this::shrinkBody).toList();
    Statement whole = new Statement.Blocks(bodies);
    return Sizes.of(whole) <= limit / 2
        ? List.of(whole)
        : bodies.stream().<Statement>map(body -> new Statement.Blocks(List.of(body))).toList();
  }

  private Statement shrink(Statement.Dispatch dispatch) {
    Statement.Dispatch whole = withBodies(dispatch, this::shrinkCase);
    return Sizes.of(whole) <= limit / 2
        ? whole
        : withBodies(whole, body -> new Statement.Outlined(new Block(List.of(body))));
  }

  private Statement shrinkCase(Statement body) {
    Block block = shrink(new Block(List.of(body)));
    return block.statements().size() == 1
        ? block.statements().getFirst()
        : new Statement.Outlined(block);
  }

  private static Statement.Dispatch withBodies(
      Statement.Dispatch dispatch, UnaryOperator<Statement> change) {
    return new Statement.Dispatch(
        dispatch.source(),
        dispatch.path(),
        dispatch.cases().stream()
            .map(each -> new Statement.Dispatch.Case(each.values(), change.apply(each.body())))
            .toList());
  }

  private Block shrinkBody(Block block) {
    Block body = shrink(block);
    int size = Sizes.of(body.statements());
    return size <= limit / 2 - SMALL ? body : new Block(List.of(new Statement.Outlined(body)));
  }

  /** Takes neighbours together, as many as fit a method. */
  private List<Statement> group(List<Statement> statements) {
    List<Statement> groups = new ArrayList<>();
    List<Statement> current = new ArrayList<>();
    int size = 0;
    for (Statement statement : statements) {
      int more = Sizes.of(statement);
      if (size + more > limit && !current.isEmpty()) {
        groups.add(new Statement.Outlined(new Block(current)));
        current = new ArrayList<>();
        size = 0;
      }
      current.add(statement);
      size += more;
    }
    groups.add(new Statement.Outlined(new Block(current)));
    return groups;
  }
}
