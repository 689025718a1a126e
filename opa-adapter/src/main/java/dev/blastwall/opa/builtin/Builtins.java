package dev.blastwall.opa.builtin;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every built-in function that this engine offers, by its name in the IR. */
public final class Builtins {
  private static final Registry REGISTRY = collect();

  /** What OPA has and this engine refuses, by name, with the reason. */
  private static final Map<String, String> REFUSED = refusals();

  private Builtins() {}

  /** The built-ins by name, sorted. */
  public static Map<String, Builtin> offered() {
    return REGISTRY.builtins;
  }

  /**
   * Whether it may give another result for the same arguments in another evaluation. Within one
   * decision each gives the same.
   */
  public static boolean isNondeterministic(String name) {
    return REGISTRY.nondeterministic.contains(name);
  }

  /** The offered built-ins for which {@link #isNondeterministic} holds. */
  static Set<String> nondeterministic() {
    return REGISTRY.nondeterministic;
  }

  /** Why a built-in is not offered. */
  public static String whyRefused(String name) {
    return REFUSED.getOrDefault(name, "this engine does not know it");
  }

  /** What is refused, by name, with the reason. */
  static Map<String, String> refused() {
    return REFUSED;
  }

  private static Map<String, String> refusals() {
    Map<String, String> reasons = new TreeMap<>();
    reasons.put("http.send", "a decision in a data path must not wait for a network");
    reasons.put("net.lookup_ip_addr", "a decision in a data path must not wait for a name server");
    reasons.put("rego.parse_module", "the engine runs plans and has no parser of Rego");
    for (String name : List.of("graphql.is_valid", "graphql.parse", "graphql.parse_and_verify")) {
      reasons.put(name, "queries are not checked against a schema; use graphql.parse_query");
    }
    return reasons;
  }

  private static Registry collect() {
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
    Bits.register(registry);
    Randoms.register(registry);
    JsonPaths.register(registry);
    JsonSchemas.register(registry);
    Subsets.register(registry);
    Replacements.register(registry);
    Graphs.register(registry);
    Semvers.register(registry);
    Uuids.register(registry);
    Uris.register(registry);
    Queries.register(registry);
    Digests.register(registry);
    Deprecated.register(registry);
    GlobIntersection.register(registry);
    Dates.register(registry);
    Tokens.register(registry);
    Graphql.register(registry);
    AwsRequests.register(registry);
    Yaml.register(registry);
    X509.register(registry);
    X509Chains.register(registry);
    Templates.register(registry);
    PrivateKeys.register(registry);
    Internals.register(registry);
    return registry;
  }

  /** What the families register with. */
  static final class Registry {
    private final Map<String, Builtin> builtins = new TreeMap<>();
    private final Set<String> nondeterministic = new TreeSet<>();

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

    void quaternary(String name, Builtin.Quaternary builtin) {
      builtins.put(name, builtin);
    }

    /** Says of built-ins that their results depend on more than their arguments. */
    void nondeterministic(String... names) {
      nondeterministic.addAll(List.of(names));
    }
  }
}
