package dev.blastwall.opa.embedded;

import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Cancellation;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.EvaluationListener;
import dev.blastwall.opa.Explanation;
import dev.blastwall.opa.InputDependencies;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.PolicyException;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.Builtin;
import dev.blastwall.opa.builtin.Builtins;
import dev.blastwall.opa.plan.PlanReader;
import dev.blastwall.opa.plan.Policy;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the plan of a bundle inside the process, as JVM bytecode.
 *
 * <p>An engine belongs to one bundle and never changes; to activate another bundle, load another
 * engine. Threads may share it.
 */
public final class EmbeddedEngine implements PolicyEngine {
  private static final StringValue RESULT = StringValue.name("result");
  private static final Cancellation NEVER = new Cancellation();

  private final PolicyCompiler.Compiled policy;
  private final ExplainedPolicy explained;
  private final InputDependencies dependencies;
  private final ObjectValue data;
  private final EngineOptions options;
  private final EvaluationListener listener;

  private EmbeddedEngine(
      PolicyCompiler.Compiled policy,
      ExplainedPolicy explained,
      InputDependencies dependencies,
      ObjectValue data,
      EngineOptions options,
      EvaluationListener listener) {
    this.policy = policy;
    this.explained = explained;
    this.listener = listener;
    this.dependencies = dependencies;
    this.data = data;
    this.options = options;
  }

  /**
   * Compiles the plan of a bundle, with {@link EngineOptions#DEFAULT}.
   *
   * @throws BundleException when the plan uses what this engine does not offer, or has no
   *     entrypoint
   */
  public static EmbeddedEngine load(Bundle bundle) throws BundleException {
    return load(bundle, EngineOptions.DEFAULT);
  }

  /** As {@link #load(Bundle)}. */
  public static EmbeddedEngine load(Bundle bundle, EngineOptions options) throws BundleException {
    return load(PlanReader.read(bundle.plan()), bundle.data(), options, Outliner.LIMIT);
  }

  static EmbeddedEngine load(
      Policy policy, ObjectValue data, EngineOptions options, int methodLimit)
      throws BundleException {
    Map<String, Builtin> offered = Builtins.offered();
    requireOffered(policy.builtins(), offered);
    if (policy.entrypoints().isEmpty()) {
      throw new BundleException(
          "the plan has no entrypoint; name one with opa build -t plan -e, for instance -e blastwall/decision");
    }
    return new EmbeddedEngine(
        PolicyCompiler.compile(policy, offered, methodLimit),
        new ExplainedPolicy(policy, methodLimit),
        InputReads.of(policy),
        data,
        options,
        EvaluationListener.NOBODY);
  }

  /** An engine of the same policy over other data; it shares the compiled code. */
  public EmbeddedEngine withData(ObjectValue other) {
    return new EmbeddedEngine(policy, explained, dependencies, other, options, listener);
  }

  private static void requireOffered(List<String> used, Map<String, Builtin> offered)
      throws BundleException {
    Set<String> missing = new TreeSet<>(used);
    missing.removeAll(offered.keySet());
    if (!missing.isEmpty()) {
      throw new BundleException(
          "the policy uses built-in functions that this engine does not offer: "
              + missing.stream()
                  .map(name -> name + " (" + Builtins.whyRefused(name) + ")")
                  .collect(Collectors.joining(", "))
              + "; check it with opa check --capabilities and the engine's capabilities.json");
    }
  }

  /** The entrypoints that can be evaluated. */
  public Set<String> entrypoints() {
    return policy.entrypoints().keySet();
  }

  @Override
  public InputDependencies dependencies() {
    return dependencies;
  }

  @Override
  public void evaluate(String entrypoint, Value input, Consumer<Evaluation> then) {
    then.accept(evaluate(entrypoint, input));
  }

  /** The same engine, whose policies are heard by somebody. */
  public EmbeddedEngine heardBy(EvaluationListener heard) {
    return new EmbeddedEngine(policy, explained, dependencies, data, options, heard);
  }

  /** Evaluates an entrypoint on the caller's thread. Never throws for what policy or input do. */
  public Evaluation evaluate(String entrypoint, Value input) {
    return evaluate(entrypoint, input, NEVER);
  }

  /** As {@link #evaluate(String, Value)}, until somebody gives it up. */
  public Evaluation evaluate(String entrypoint, Value input, Cancellation cancellation) {
    return evaluate(policy, entrypoint, input, invocation(policy, cancellation));
  }

  /**
   * Evaluates an entrypoint and says which rules held, and how far the others came. The first time
   * takes long, because the plan is compiled again for it.
   */
  public Explanation explain(String entrypoint, Value input) {
    PolicyCompiler.Compiled marked = explained.compiled();
    Invocation invocation = invocation(marked, NEVER);
    Evaluation evaluation = evaluate(marked, entrypoint, input, invocation);
    return explained.explanation(evaluation, invocation.marks());
  }

  /** Every answer to a query, as its bindings. */
  List<Value> query(String entrypoint, @Nullable Value input) {
    Invocation invocation = invocation(policy, NEVER);
    run(policy, entrypoint, input, invocation);
    return invocation.results();
  }

  private Invocation invocation(PolicyCompiler.Compiled compiled, Cancellation cancellation) {
    return new Invocation(
        options, cancellation, listener, compiled.dynamicCalls(), compiled.rules());
  }

  private Evaluation evaluate(
      PolicyCompiler.Compiled compiled, String entrypoint, Value input, Invocation invocation) {
    try {
      run(compiled, entrypoint, input, invocation);
    } catch (PolicyException e) {
      return new Evaluation.Failed(e);
    }
    Value value = invocation.result() instanceof ObjectValue bindings ? bindings.get(RESULT) : null;
    return value == null ? Evaluation.Undefined.UNDEFINED : new Evaluation.Defined(value);
  }

  private void run(
      PolicyCompiler.Compiled compiled,
      String entrypoint,
      @Nullable Value input,
      Invocation invocation) {
    MethodHandle method = compiled.entrypoints().get(entrypoint);
    if (method == null) {
      throw new PolicyException.UnknownEntrypoint(
          "the bundle has no entrypoint " + entrypoint + "; build it with -e " + entrypoint);
    }
    try {
      method.invokeExact(invocation, input, (Value) data);
    } catch (PolicyException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new PolicyException.EngineFault("the engine failed: " + e, e);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("generated code throws no checked exception", e);
    }
  }
}
