package dev.blastwall.opa.builtin;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every built-in function that this engine offers, by its name in the IR. */
public final class Builtins {
  private static final Map<String, Builtin> OFFERED = collect();

  /** As OPA's own {@code capabilities.json} marks them. */
  private static final Set<String> NONDETERMINISTIC =
      Set.of(
          "http.send",
          "io.jwt.decode_verify",
          "io.jwt.encode_sign",
          "io.jwt.encode_sign_raw",
          "json.match_schema",
          "json.verify_schema",
          "net.lookup_ip_addr",
          "opa.runtime",
          "rand.intn",
          "time.now_ns",
          "uuid.rfc4122");

  private Builtins() {}

  /** The built-ins by name, sorted. */
  public static Map<String, Builtin> offered() {
    return OFFERED;
  }

  /** Whether it may give another result for the same arguments in another evaluation. */
  public static boolean isNondeterministic(String name) {
    return NONDETERMINISTIC.contains(name);
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
