package dev.blastwall.opa.embedded;

import dev.blastwall.opa.Value;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules that can hold by what their heads demand, as OPA's rule indexing does (Policy
 * Performance, "Use Indexed Statements"): of a thousand rules for a thousand values of one path,
 * one is looked at.
 *
 * <p>Neighbouring rules that demand something of one path become a {@link Statement.Dispatch} over
 * the values that they demand. A rule stays as it is, so what it demands is tested again; it is
 * only left out where it must fail.
 */
final class RuleIndex {
  /** So many cases share a method's table; more are grouped. */
  private static final int FAN_OUT = 32;

  /** A rule: its body, and the blocks behind it that only run when the body set a local. */
  private record Rule(List<Block> blocks, Map<RuleHead.Path, Value> demands) {
    static List<Block> blocksOf(List<Rule> rules) {
      return rules.stream().flatMap(rule -> rule.blocks.stream()).toList();
    }
  }

  private final List<Integer> params;
  private final List<Block> blocks;
  private final List<Set<Integer>> live;

  private RuleIndex(List<Integer> params, List<Block> blocks) {
    this.params = params;
    this.blocks = blocks;
    this.live = blocks.stream().map(LiveLocals::of).toList();
  }

  /** Statements that do what the blocks do in turn. */
  static List<Statement> of(List<Integer> params, List<Block> blocks) {
    return index(new RuleIndex(params, blocks).rules(), Set.of());
  }

  private List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (int start = 0; start < blocks.size(); ) {
      RuleHead head = RuleHead.of(params, blocks.get(start));
      int end = start + 1;
      while (end < blocks.size() && waitsFor(blocks.get(end), head.written())) {
        end++;
      }
      boolean mayBeLeftOut = !head.demands().isEmpty() && !isReadElsewhere(head, start, end);
      rules.add(new Rule(blocks.subList(start, end), mayBeLeftOut ? head.demands() : Map.of()));
      start = end;
    }
    return rules;
  }

  private static boolean waitsFor(Block block, Set<Integer> locals) {
    return !block.statements().isEmpty()
        && block.statements().getFirst() instanceof Statement.IsDefined(int source)
        && locals.contains(source);
  }

  private boolean isReadElsewhere(RuleHead head, int start, int end) {
    for (int i = 0; i < blocks.size(); i++) {
      if ((i < start || i >= end) && !Collections.disjoint(live.get(i), head.written())) {
        return true;
      }
    }
    return !Collections.disjoint(params, head.written());
  }

  private static List<Statement> index(List<Rule> rules, Set<RuleHead.Path> known) {
    List<Statement> statements = new ArrayList<>();
    List<Rule> plain = new ArrayList<>();
    for (int start = 0; start < rules.size(); ) {
      RuleHead.Path path = bestPath(rules, start, known);
      int end = path == null ? start + 1 : endOfRun(rules, start, path);
      if (path == null || end - start == 1) {
        plain.add(rules.get(start));
      } else {
        addPlain(statements, plain);
        statements.add(dispatch(rules.subList(start, end), path, known));
      }
      start = end;
    }
    addPlain(statements, plain);
    return statements;
  }

  private static void addPlain(List<Statement> statements, List<Rule> plain) {
    if (!plain.isEmpty()) {
      statements.add(new Statement.Blocks(Rule.blocksOf(plain)));
      plain.clear();
    }
  }

  /** The path of which the most rules from here on demand something. */
  private static RuleHead.@Nullable Path bestPath(
      List<Rule> rules, int start, Set<RuleHead.Path> known) {
    RuleHead.Path best = null;
    int longest = start;
    for (RuleHead.Path path : rules.get(start).demands.keySet()) {
      int end = endOfRun(rules, start, path);
      if (!known.contains(path) && end > longest) {
        best = path;
        longest = end;
      }
    }
    return best;
  }

  private static int endOfRun(List<Rule> rules, int start, RuleHead.Path path) {
    int end = start;
    while (end < rules.size() && rules.get(end).demands.containsKey(path)) {
      end++;
    }
    return end;
  }

  private static Statement dispatch(
      List<Rule> rules, RuleHead.Path path, Set<RuleHead.Path> known) {
    Map<Value, List<Rule>> byValue = new LinkedHashMap<>();
    for (Rule rule : rules) {
      Value value = Objects.requireNonNull(rule.demands.get(path));
      byValue.computeIfAbsent(value, added -> new ArrayList<>()).add(rule);
    }
    Set<RuleHead.Path> nowKnown = new HashSet<>(known);
    nowKnown.add(path);
    List<Statement.Dispatch.Case> cases = new ArrayList<>();
    byValue.forEach((value, same) ->
        cases.add(new Statement.Dispatch.Case(List.of(value), body(index(same, nowKnown)))));
    return tree(path, cases);
  }

  /** Several statements of one level as one. */
  private static Statement body(List<Statement> statements) {
    return statements.size() == 1
        ? statements.getFirst()
        : new Statement.Outlined(new Block(statements));
  }

  private static Statement.Dispatch tree(RuleHead.Path path, List<Statement.Dispatch.Case> cases) {
    List<Statement.Dispatch.Case> level = cases;
    while (level.size() > FAN_OUT) {
      List<Statement.Dispatch.Case> groups = new ArrayList<>();
      for (int start = 0; start < level.size(); start += FAN_OUT) {
        groups.add(group(path, level.subList(start, Math.min(start + FAN_OUT, level.size()))));
      }
      level = groups;
    }
    return new Statement.Dispatch(path.param(), path.names(), level);
  }

  private static Statement.Dispatch.Case group(
      RuleHead.Path path, List<Statement.Dispatch.Case> cases) {
    List<Value> values = cases.stream().flatMap(each -> each.values().stream()).toList();
    return new Statement.Dispatch.Case(
        values, new Statement.Dispatch(path.param(), path.names(), cases));
  }
}
