package dev.blastwall.opa.embedded;

import dev.blastwall.opa.Value;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the objects whose keys a policy writes out ({@code {"table": t, "column": c}}) in one go:
 * all that come from one place share their keys. The planner gives a statement for every member.
 */
final class Records {
  private final List<Statement> out = new ArrayList<>();

  private Records() {}

  /** The same function; a local whose object was not finished is unset. */
  static List<Block> in(List<Block> blocks) {
    return blocks.stream().map(block -> new Records().of(block)).toList();
  }

  private Block of(Block block) {
    List<Statement> statements = block.statements();
    for (int at = 0; at < statements.size(); ) {
      if (statements.get(at) instanceof Statement.MakeObject make) {
        at = object(make, statements, at + 1);
      } else {
        Statement statement = statements.get(at++);
        out.add(Walks.withBlocks(statement, in(Walks.blocksOf(statement))));
      }
    }
    return new Block(out);
  }

  /** Writes an object and the members that follow it; gives where these end. */
  private int object(Statement.MakeObject make, List<Statement> statements, int from) {
    Map<Value, Operand> members = new LinkedHashMap<>();
    int at = from;
    while (at < statements.size()
        && statements.get(at)
            instanceof
            Statement.ObjectInsert(Operand.Constant(Value key), Operand value, int object)
        && object == make.target()
        && !value.equals(new Operand.Local(object))
        && members.putIfAbsent(key, value) == null) {
      at++;
    }
    out.add(
        members.isEmpty()
            ? make
            : new Statement.MakeRecord(
                List.copyOf(members.keySet()), List.copyOf(members.values()), make.target()));
    return at;
  }
}
