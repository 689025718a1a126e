package dev.blastwall.opa.embedded;

import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a block demands before it does anything else: that paths below the function's parameters
 * have certain values, as {@code input.point == "command"}.
 */
final class RuleHead {
  /** Names below a parameter. */
  record Path(int param, List<Value> names) {
    private Path to(Value name) {
      List<Value> longer = new ArrayList<>(names);
      longer.add(name);
      return new Path(param, longer);
    }
  }

  private final Map<Integer, Path> paths = new HashMap<>();
  private final Map<Integer, Value> constants = new HashMap<>();
  private final Map<Path, Value> demands = new LinkedHashMap<>();
  private final Set<Integer> written = new HashSet<>();

  private RuleHead(List<Integer> params) {
    params.forEach(param -> paths.put(param, new Path(param, List.of())));
  }

  static RuleHead of(List<Integer> params, Block block) {
    RuleHead head = new RuleHead(params);
    for (Statement statement : block.statements()) {
      if (!head.add(statement)) {
        break;
      }
    }
    return head;
  }

  /** The demands, each of which must hold or the block is undefined. */
  Map<Path, Value> demands() {
    return demands;
  }

  /** The locals that stay as they were when the block is left out. */
  Set<Integer> written() {
    return written;
  }

  /** Whether the statement still belongs to the head. */
  private boolean add(Statement statement) {
    return switch (statement) {
      case Statement.IsUndefined ignored -> true;
      case Statement.Reset(int target) -> assign(target, null, null);
      case Statement.MakeConstant(Value value, int target) -> assign(target, null, value);
      case Statement.Assign(Operand source, int target) ->
          assign(target, pathOf(source), constantOf(source));
      case Statement.Dot(Operand source, Operand.Constant(StringValue name), int target) ->
          pathOf(source) instanceof Path path && assign(target, path.to(name), null);
      case Statement.Equal(Operand left, Operand right) ->
          demand(pathOf(left), constantOf(right)) || demand(pathOf(right), constantOf(left));
      default -> false;
    };
  }

  private boolean assign(int target, @Nullable Path path, @Nullable Value constant) {
    written.add(target);
    paths.remove(target);
    constants.remove(target);
    if (path != null) {
      paths.put(target, path);
    }
    if (constant != null) {
      constants.put(target, constant);
    }
    return true;
  }

  private boolean demand(@Nullable Path path, @Nullable Value value) {
    if (path == null || value == null) {
      return false;
    }
    demands.putIfAbsent(path, value);
    return true;
  }

  private @Nullable Path pathOf(Operand operand) {
    return operand instanceof Operand.Local(int index) ? paths.get(index) : null;
  }

  private @Nullable Value constantOf(Operand operand) {
    return switch (operand) {
      case Operand.Constant(Value value) -> value;
      case Operand.Local(int index) -> constants.get(index);
    };
  }
}
