package dev.blastwall.opa.embedded;

import dev.blastwall.opa.InputDependencies;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.Builtins;
import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Operand;
import dev.blastwall.opa.plan.Policy;
import dev.blastwall.opa.plan.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the places of {@code input} that a plan can look at. It follows each local that may hold a
 * part of the input from one constant key to the next; whatever else happens to such a part (it is
 * compared, passed on, stored, iterated over) counts as reading all of it.
 */
final class InputReads extends LocalUse {

  /** A place of the input, and what is known to be read there so far. */
  private static final class Place {
    private static final int DEEPEST = 16;

    private final Map<Value, Place> members = new HashMap<>();
    private final int depth;
    private boolean whole;

    Place(int depth) {
      this.depth = depth;
    }

    Place member(Value key) {
      if (depth == DEEPEST) {
        whole = true;
        return this;
      }
      return members.computeIfAbsent(key, it -> new Place(depth + 1));
    }

    InputDependencies.Place finished() {
      return new InputDependencies.Place(
          whole,
          members.entrySet().stream()
              .map(it -> new InputDependencies.Place.Member(it.getKey(), it.getValue().finished()))
              .toList());
    }
  }

  private final Place root = new Place(0);
  private final Set<String> functions;

  /** What each local may hold of the input at this point. */
  private Map<Integer, Set<Place>> held = new HashMap<>();

  /** What locals came to hold anywhere in the block, since it may be left at any point. */
  private Map<Integer, Set<Place>> taken = new HashMap<>();

  private InputReads(Policy policy) {
    this.functions =
        policy.functions().stream().map(Policy.Function::name).collect(Collectors.toSet());
  }

  /** What all entrypoints of a plan, together, depend on. */
  static InputDependencies of(Policy policy) {
    if (policy.builtins().stream().anyMatch(Builtins::isNondeterministic)) {
      return InputDependencies.Anything.ANYTHING;
    }
    InputReads reads = new InputReads(policy);
    policy.entrypoints().forEach(it -> reads.body(0, it.blocks()));
    policy.functions().forEach(it -> reads.body(it.params().getFirst(), it.blocks()));
    return reads.root.finished();
  }

  private void body(int input, List<Block> blocks) {
    held = new HashMap<>(Map.of(input, Set.of(root)));
    taken = new HashMap<>();
    blocks.forEach(this::block);
  }

  @Override
  void block(Block block) {
    Map<Integer, Set<Place>> before = copy(held);
    Map<Integer, Set<Place>> outer = taken;
    taken = new HashMap<>();
    super.block(block);
    held = before;
    merge(held, taken);
    merge(outer, taken);
    taken = outer;
  }

  @Override
  void statement(Statement statement) {
    switch (statement) {
      case Statement.Dot(Operand.Local(int source), Operand.Constant(Value key), int target) ->
          set(target, members(source, key));
      case Statement.Assign(Operand.Local(int source), int target) -> set(target, places(source));
      case Statement.Call(String name, List<Operand> arguments, int result)
          when functions.contains(name) && isInput(arguments.getFirst()) ->
          super.statement(new Statement.Call(name, arguments.subList(1, arguments.size()), result));
      case Statement.CallDynamic call when isInput(new Operand.Local(call.input())) -> {
        read(call.data());
        call.path().forEach(this::read);
        write(call.result());
      }
      case Statement.With with -> with(with);
      case Statement.Scan scan -> scan(scan);
      default -> super.statement(statement);
    }
  }

  /** Again as long as one round leaves the next one something new in the locals. */
  private void scan(Statement.Scan scan) {
    Map<Integer, Set<Place>> before;
    do {
      before = copy(held);
      super.statement(scan);
    } while (!held.equals(before));
  }

  /** What the block reads of the replaced input counts as read of the original: more than it is. */
  private void with(Statement.With with) {
    read(with.value());
    Set<Place> original = places(with.local());
    block(with.block());
    set(with.local(), original);
  }

  private boolean isInput(Operand operand) {
    return operand instanceof Operand.Local(int local) && places(local).equals(Set.of(root));
  }

  private Set<Place> members(int source, Value key) {
    return places(source).stream().map(it -> it.member(key)).collect(Collectors.toSet());
  }

  private Set<Place> places(int local) {
    return held.getOrDefault(local, Set.of());
  }

  @Override
  void read(int local) {
    places(local).forEach(it -> it.whole = true);
  }

  @Override
  void write(int local) {
    set(local, Set.of());
  }

  private void set(int local, Set<Place> places) {
    if (places.isEmpty()) {
      held.remove(local);
    } else {
      held.put(local, places);
      merge(taken, Map.of(local, places));
    }
  }

  private static Map<Integer, Set<Place>> copy(Map<Integer, Set<Place>> places) {
    Map<Integer, Set<Place>> copy = new HashMap<>();
    merge(copy, places);
    return copy;
  }

  private static void merge(Map<Integer, Set<Place>> into, Map<Integer, Set<Place>> places) {
    places.forEach(
        (local, added) -> into.computeIfAbsent(local, it -> new HashSet<>()).addAll(added));
  }
}
