package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Graphs: objects from a node to an array or set of its neighbours. */
final class Graphs {
  private static final ArrayValue NONE = new ArrayValue(0);

  private Graphs() {}

  static void register(Builtins.Registry registry) {
    registry.binary("graph.reachable", Graphs::reachable);
    registry.binary("graph.reachable_paths", Graphs::reachablePaths);
  }

  private static CollectionValue start(Value initial) {
    return switch (initial) {
      case ArrayValue array -> array;
      case SetValue set -> set;
      default -> throw Operands.wrongType(2, initial, "{array, set}");
    };
  }

  /** The neighbours; none if it is not an array or set that lists them. */
  private static CollectionValue vertices(Value edges) {
    return edges instanceof SetValue set ? set : edges instanceof ArrayValue array ? array : NONE;
  }

  private static Value reachable(EvaluationContext context, Value graph, Value initial) {
    ObjectValue edges = Operands.object(graph, 1);
    CollectionValue start = start(initial);
    Deque<Value> queue = new ArrayDeque<>();
    for (int i = 0; i < start.size(); i++) {
      queue.add(start.valueAt(i));
    }
    SetValue reached = new SetValue(start.size());
    while (!queue.isEmpty()) {
      context.tick();
      Value node = queue.remove();
      Value out = edges.get(node);
      if (out != null && !reached.contains(node)) {
        reached.add(node);
        CollectionValue neighbours = vertices(out);
        for (int i = 0; i < neighbours.size(); i++) {
          queue.add(neighbours.valueAt(i));
        }
      }
    }
    return reached;
  }

  private static Value reachablePaths(EvaluationContext context, Value graph, Value initial) {
    ObjectValue edges = Operands.object(graph, 1);
    CollectionValue start = start(initial);
    SetValue paths = new SetValue(0);
    for (int i = 0; i < start.size(); i++) {
      Value node = start.sortedValueAt(i);
      if (edges.get(node) != null) {
        extend(context, edges, ArrayValue.of(node), paths);
      }
    }
    return paths;
  }

  /** Adds every path that goes on from the last node of one. */
  private static void extend(
      EvaluationContext context, ObjectValue edges, ArrayValue path, SetValue paths) {
    context.tick();
    context.allocate(16L * path.size());
    List<Value> nodes = path.asList();
    Value out = edges.get(nodes.getLast());
    CollectionValue neighbours = out == null ? NONE : vertices(out);
    if (neighbours.size() == 0) {
      paths.add(path);
    }
    for (int i = 0; i < neighbours.size(); i++) {
      Value next = neighbours.valueAt(i);
      // A cycle ends a path, and so does a node that the graph does not have.
      if (nodes.contains(next) || edges.get(next) == null) {
        paths.add(path);
      } else {
        ArrayValue longer = path.slice(0, path.size());
        extend(context, edges, longer.add(next), paths);
      }
    }
  }
}
