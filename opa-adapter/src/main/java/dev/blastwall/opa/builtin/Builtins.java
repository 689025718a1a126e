package dev.blastwall.opa.builtin;

import java.util.Map;
import java.util.TreeMap;

/** Every built-in function that this engine offers, by its name in the IR. */
public final class Builtins {
  private static final Map<String, Builtin> OFFERED = collect();

  private Builtins() {}

  /** The built-ins by name, sorted. */
  public static Map<String, Builtin> offered() {
    return OFFERED;
  }

  private static Map<String, Builtin> collect() {
    Registry registry = new Registry();
    Comparisons.register(registry);
    Numbers.register(registry);
    Aggregates.register(registry);
    Sets.register(registry);
    Arrays.register(registry);
    Objects.register(registry);
    Types.register(registry);
    Strings.register(registry);
    Trimming.register(registry);
    Formatting.register(registry);
    Regexes.register(registry);
    Globs.register(registry);
    Encodings.register(registry);
    Times.register(registry);
    Nets.register(registry);
    Units.register(registry);
    Internals.register(registry);
    return registry.builtins();
  }

  /** What the families register with. */
  static final class Registry {
    private final Map<String, Builtin> builtins = new TreeMap<>();

    void nullary(String name, Builtin.Nullary builtin) {
      builtins.put(name, builtin);
    }

    void unary(String name, Builtin.Unary builtin) {
      builtins.put(name, builtin);
    }

    void binary(String name, Builtin.Binary builtin) {
      builtins.put(name, builtin);
    }

    void ternary(String name, Builtin.Ternary builtin) {
      builtins.put(name, builtin);
    }

    Map<String, Builtin> builtins() {
      return java.util.Collections.unmodifiableMap(builtins);
    }
  }
}
