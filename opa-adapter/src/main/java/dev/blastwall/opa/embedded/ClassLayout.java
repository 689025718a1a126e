package dev.blastwall.opa.embedded;

import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.Builtin;
import dev.blastwall.opa.plan.Policy;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the methods of a generated class have in common: the names of each other, the values and
 * built-ins that they use.
 *
 * <p>Values stand in one array, because the constant pool of a class ends at 65,535 entries; the
 * array and the built-ins are class data, which the JIT compiler sees as constants.
 */
final class ClassLayout {
  static final ClassDesc SELF =
      ClassDesc.of(ClassLayout.class.getPackageName() + ".CompiledPolicy");

  /** A function as its callers see it. */
  record FunctionRef(String method, int params) {}

  private record BuiltinRef(Builtin builtin, int index) {}

  /** 1 and 1.0 are equal but print differently, so the text counts too. */
  private record Constant(Value value, String text) {}

  private final Map<String, FunctionRef> functions = new HashMap<>();
  private final Map<String, BuiltinRef> builtins = new HashMap<>();
  private final Map<Constant, Integer> constants = new HashMap<>();
  private final List<Value> values = new ArrayList<>();
  private final List<Object> classData = new ArrayList<>();
  private final Outliner outliner;
  private final boolean explained;
  private int outlined;
  private int guesses;

  ClassLayout(Policy policy, Map<String, Builtin> offered, Outliner outliner, boolean explained) {
    this.outliner = outliner;
    this.explained = explained;
    for (int i = 0; i < policy.functions().size(); i++) {
      Policy.Function function = policy.functions().get(i);
      functions.put(function.name(), new FunctionRef("f" + i, function.params().size()));
    }
    classData.add(values);
    classData.add(guesses);
    for (String name : policy.builtins()) {
      Builtin builtin = offered.get(name);
      if (builtin != null && !builtins.containsKey(name)) {
        builtins.put(name, new BuiltinRef(builtin, classData.size()));
        classData.add(builtin);
      }
    }
  }

  Outliner outliner() {
    return outliner;
  }

  @Nullable FunctionRef function(String name) {
    return functions.get(name);
  }

  /** The built-in of that name, if the plan declares it and the engine offers it. */
  @Nullable Builtin builtin(String name) {
    BuiltinRef ref = builtins.get(name);
    return ref == null ? null : ref.builtin;
  }

  DynamicConstantDesc<?> builtinConstant(String name) {
    BuiltinRef ref = builtins.get(name);
    if (ref == null) {
      throw new IllegalArgumentException(name);
    }
    return classDataAt(Symbols.builtin(ref.builtin.arity()), ref.index);
  }

  /** The array of values, in which {@link #index} counts. */
  static DynamicConstantDesc<?> valueArray() {
    return classDataAt(Symbols.VALUES, 0);
  }

  /** The array of what {@link Ops#dotName} found, in which {@link #nextGuess} counts. */
  static DynamicConstantDesc<?> guessArray() {
    return classDataAt(Symbols.GUESSES, 1);
  }

  /** Where a look-up keeps what it found last. */
  int nextGuess() {
    return guesses++;
  }

  private static DynamicConstantDesc<?> classDataAt(ClassDesc type, int index) {
    return DynamicConstantDesc.ofNamed(
        ConstantDescs.ofConstantBootstrap(
            ConstantDescs.CD_MethodHandles,
            "classDataAt",
            ConstantDescs.CD_Object,
            ConstantDescs.CD_int),
        ConstantDescs.DEFAULT_NAME,
        type,
        index);
  }

  /** Where a value stands among the constants. */
  int index(Value value) {
    return constants.computeIfAbsent(
        new Constant(value, value.toString()),
        added -> {
          values.add(named(added.value));
          return values.size() - 1;
        });
  }

  /** Names of the plan are found by identity in inputs whose names are shared alike. */
  static Value named(Value value) {
    return value instanceof StringValue name ? StringValue.name(name.text()) : value;
  }

  /** Whether the code says which rules held. */
  boolean isExplained() {
    return explained;
  }

  String nextOutlined() {
    return "o" + outlined++;
  }

  /** What the class is defined with, once all code is written. */
  List<Object> classData() {
    List<Object> data = new ArrayList<>(classData);
    data.set(0, values.toArray(Value[]::new));
    data.set(1, new int[guesses]);
    return data;
  }
}
