package dev.blastwall.opa.embedded;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.Builtin;
import dev.blastwall.opa.plan.Policy;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles a plan to a hidden class, which goes when the engine that holds it goes. */
final class PolicyCompiler {
  private static final MethodType ENTRYPOINT =
      MethodType.methodType(void.class, Invocation.class, Value.class, Value.class);
  private static final MethodType RULE =
      MethodType.methodType(Value.class, Invocation.class, Value.class, Value.class);

  private final Policy policy;
  private final ClassLayout layout;
  private final @Nullable MarkedRules marked;
  private int rules;

  PolicyCompiler(Policy policy, Map<String, Builtin> builtins, int methodLimit) {
    this(policy, builtins, methodLimit, null);
  }

  private PolicyCompiler(
      Policy policy, Map<String, Builtin> builtins, int methodLimit, @Nullable MarkedRules marked) {
    this.policy = policy;
    this.marked = marked;
    this.layout = new ClassLayout(policy, builtins, new Outliner(methodLimit), marked != null);
  }

  /**
   * What came of a plan.
   *
   * @param entrypoints by name, each of type {@code (Invocation, Value input, Value data)void}
   * @param rules how many rules the invocation must be able to remember
   */
  record Compiled(Map<String, MethodHandle> entrypoints, DynamicCalls dynamicCalls, int rules) {}

  /**
   * Compiles a plan.
   *
   * @param methodLimit at how many bytes a method is split
   */
  static Compiled compile(Policy policy, Map<String, Builtin> builtins, int methodLimit)
      throws BundleException {
    return compile(policy, builtins, methodLimit, null);
  }

  /**
   * As {@link #compile(Policy, Map, int)}, with marks.
   *
   * @param marked gets what the numbers stand for that an invocation remembers; null for no marks
   */
  static Compiled compile(
      Policy policy, Map<String, Builtin> builtins, int methodLimit, @Nullable MarkedRules marked)
      throws BundleException {
    try {
      PlanRules.check(policy);
      return new PolicyCompiler(policy, builtins, methodLimit, marked).compile();
    } catch (PlanDefect e) {
      throw new BundleException(
          "the plan breaks the rules of OPA's plans: "
              + e.getMessage()
              + "; build the bundle again with opa build -t plan",
          e);
    } catch (IllegalArgumentException e) {
      throw new BundleException(
          "the plan is too large or not well-formed for one class: "
              + e.getMessage()
              + "; split the policy into several bundles",
          e);
    } catch (LinkageError e) {
      throw new BundleException(
          "the plan cannot be compiled: "
              + e.getMessage()
              + "; build the bundle again with opa build -t plan",
          e);
    } catch (IllegalAccessException | NoSuchMethodException e) {
      throw new IllegalStateException("the engine may define classes in its own package", e);
    }
  }

  private Compiled compile() throws IllegalAccessException, NoSuchMethodException {
    byte[] bytes = bytes();
    return link(
        MethodHandles.lookup().defineHiddenClassWithClassData(bytes, layout.classData(), true));
  }

  /** The class file. */
  byte[] bytes() {
    return ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofClassLoading(MethodHandles.lookup())))
        .build(ClassLayout.SELF, this::write);
  }

  private void write(ClassBuilder target) {
    target.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
    for (int i = 0; i < policy.functions().size(); i++) {
      Policy.Function function = policy.functions().get(i);
      FunctionEmitter emitter =
          new FunctionEmitter(
              target,
              layout,
              Conflicts.of(function),
              function.params(),
              marked == null ? Marks.none(function.blocks()) : Marks.of(function, marked));
      if (function.isRule()) {
        emitter.emitRule("f" + i, rules++);
      } else {
        emitter.emitFunction("f" + i);
      }
    }
    for (int i = 0; i < policy.entrypoints().size(); i++) {
      new FunctionEmitter(
              target,
              layout,
              "the query produced conflicting values",
              List.of(0, 1),
              Marks.none(policy.entrypoints().get(i).blocks()))
          .emitEntrypoint("e" + i);
    }
  }

  private Compiled link(MethodHandles.Lookup lookup)
      throws NoSuchMethodException, IllegalAccessException {
    Map<String, MethodHandle> entrypoints = new HashMap<>();
    for (int i = 0; i < policy.entrypoints().size(); i++) {
      entrypoints.putIfAbsent(
          policy.entrypoints().get(i).name(),
          lookup.findStatic(lookup.lookupClass(), "e" + i, ENTRYPOINT));
    }
    DynamicCalls calls = new DynamicCalls();
    for (int i = 0; i < policy.functions().size(); i++) {
      Policy.Function function = policy.functions().get(i);
      if (function.isRule() && !function.path().isEmpty()) {
        calls.add(function.path(), lookup.findStatic(lookup.lookupClass(), "f" + i, RULE));
      }
    }
    return new Compiled(Map.copyOf(entrypoints), calls, rules);
  }
}
