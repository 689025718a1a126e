package dev.blastwall.opa.embedded;

import dev.blastwall.opa.Cancellation;
import dev.blastwall.opa.EvaluationListener;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.EvaluationContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One evaluation of an entrypoint: what the generated code carries along. */
final class Invocation extends EvaluationContext {
  private static final Object UNDEFINED = new Object();

  private final boolean strict;
  private final DynamicCalls dynamicCalls;
  private @Nullable Object[] memo;
  private @Nullable BitSet marks;
  private @Nullable Value result;
  private @Nullable List<Value> moreResults;

  Invocation(
      EngineOptions options,
      Cancellation cancellation,
      EvaluationListener listener,
      DynamicCalls dynamicCalls,
      int rules) {
    super(options.time().toNanos(), options.steps(), options.bytes(), cancellation, listener);
    this.strict = options.strictBuiltinErrors();
    this.dynamicCalls = dynamicCalls;
    this.memo = new Object[rules];
  }

  boolean strict() {
    return strict;
  }

  DynamicCalls dynamicCalls() {
    return dynamicCalls;
  }

  /**
   * What {@link #remember} was given for a rule under the present input and data; null if nothing.
   */
  @Nullable Object recall(int rule) {
    return memo[rule];
  }

  void remember(int rule, @Nullable Value value) {
    memo[rule] = value == null ? UNDEFINED : value;
  }

  static @Nullable Value recalled(Object memory) {
    return memory == UNDEFINED ? null : (Value) memory;
  }

  /** Forgets the rules while input or data are replaced; gives what {@link #popScope} needs. */
  @Nullable Object[] pushScope() {
    @Nullable Object[] outer = memo;
    memo = new Object[outer.length];
    return outer;
  }

  void popScope(@Nullable Object[] outer) {
    memo = outer;
  }

  void addResult(Value bindings) {
    if (result == null) {
      result = bindings;
    } else {
      if (moreResults == null) {
        moreResults = new ArrayList<>();
      }
      moreResults.add(bindings);
    }
  }

  void mark(int rule) {
    if (marks == null) {
      marks = new BitSet();
    }
    marks.set(rule);
  }

  /** The rules that held, if the code has marks. */
  BitSet marks() {
    return marks == null ? new BitSet() : marks;
  }

  /** The bindings of the first answer to the query. */
  @Nullable Value result() {
    return result;
  }

  /** The bindings of every answer to the query. */
  List<Value> results() {
    List<Value> all = new ArrayList<>();
    if (result != null) {
      all.add(result);
    }
    if (moreResults != null) {
      all.addAll(moreResults);
    }
    return all;
  }
}
