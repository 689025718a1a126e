package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Location;
import dev.blastwall.opa.plan.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the conditions of rules. The planner puts what comes behind an iteration or a {@code with}
 * inside it, so the conditions of a body are what stands on the way in, from the start of its block
 * to where the rule gets its value. What stands beside that way (a {@code not}, the body of an
 * {@code every} or of a comprehension) is part of a condition.
 */
final class Conditions {
  /** Whether the mark says that a rule held. */
  interface Values {
    boolean contain(Statement.Mark mark, Block block);
  }

  private final String path;
  private final Values values;
  private final MarkedRules rules;
  private final Map<Statement, Set<Integer>> numbers = new IdentityHashMap<>();

  private Conditions(String path, Values values, MarkedRules rules) {
    this.path = path;
    this.values = values;
    this.rules = rules;
  }

  /** The numbers to remember where a {@link Statement.Passed} stands, by that very statement. */
  static Map<Statement, Set<Integer>> in(
      List<Block> blocks, String path, Values values, MarkedRules rules) {
    Conditions conditions = new Conditions(path, values, rules);
    blocks.forEach(block -> conditions.follow(block, List.of()));
    return conditions.numbers;
  }

  private void follow(Block block, Collection<Statement.Passed> before) {
    List<Statement.Passed> passed = new ArrayList<>(before);
    for (Statement statement : block.statements()) {
      switch (statement) {
        case Statement.Passed here -> passed.add(here);
        case Statement.Mark mark when values.contain(mark, block) -> body(mark.location(), passed);
        case Statement.Not ignored -> {}
        default -> Walks.blocksOf(statement).forEach(inner -> follow(inner, passed));
      }
    }
  }

  /** What stands in the head belongs to the rule's value. */
  private void body(Location head, List<Statement.Passed> passed) {
    RuleBody body = rules.body(path, head);
    Map<Location, Statement.Passed> conditions = new LinkedHashMap<>();
    Statement.@Nullable Passed entry = null;
    for (Statement.Passed each : passed) {
      if (!head.holds(each.location())) {
        add(each, head, conditions);
      } else if (conditions.isEmpty()) {
        entry = each;
      }
    }
    if (entry != null) {
      number(entry, body.tried());
    }
    conditions.forEach((location, last) -> number(last, body.condition(location)));
  }

  /** Parts of an expression come before the whole of it, or in between. */
  private static void add(
      Statement.Passed passed, Location head, Map<Location, Statement.Passed> conditions) {
    Location location = passed.location();
    if (!isBehind(head, location)) {
      return;
    }
    Location whole =
        conditions.keySet().stream()
            .filter(known -> known.holds(location))
            .findFirst()
            .orElse(location);
    conditions.keySet().removeIf(part -> !part.equals(whole) && whole.holds(part));
    conditions.put(whole, passed);
  }

  /** An optimizer brings expressions of other rules in. */
  private static boolean isBehind(Location head, Location location) {
    return head.row() > 0 && head.file().equals(location.file()) && head.row() <= location.row();
  }

  private void number(Statement passed, int number) {
    numbers.computeIfAbsent(passed, added -> new TreeSet<>()).add(number);
  }
}
