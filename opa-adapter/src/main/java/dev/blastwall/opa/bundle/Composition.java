package dev.blastwall.opa.bundle;

import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.RegoSources;
import dev.blastwall.opa.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Several bundles as one. One of them brings the plan, which is compiled with all rules that it
 * needs; the others bring data. Each owns its roots.
 */
final class Composition {
  private Composition() {}

  static Bundle of(BundleContent.Snapshot only) throws BundleException {
    return of(new TreeMap<>(Map.of("the bundle", only)));
  }

  static Bundle of(SortedMap<String, BundleContent.Snapshot> bundles) throws BundleException {
    requireDisjointRoots(bundles);
    DataDocument data = new DataDocument();
    for (BundleContent.Snapshot bundle : bundles.values()) {
      data.mount(List.of(), bundle.data());
    }
    BundleContent.Snapshot policy = policy(bundles);
    Value plan = Objects.requireNonNull(policy.plan());
    List<List<String>> rules = RulePaths.of(plan);
    RulePaths.requireWithin(rules, policy.manifest());
    RulePaths.requireFree(rules, data.get());
    return new Bundle(
        policy.manifest().revision(),
        plan,
        data.get(),
        new RegoSources(policy.rego(), policy.manifest().versions()));
  }

  private static BundleContent.Snapshot policy(SortedMap<String, BundleContent.Snapshot> bundles)
      throws BundleException {
    SortedMap<String, BundleContent.Snapshot> policies = new TreeMap<>(bundles);
    policies.values().removeIf(bundle -> bundle.plan() == null);
    if (policies.isEmpty()) {
      throw new BundleException(
          "the bundle holds no plan; build it with opa build -t plan -e blastwall/decision");
    }
    if (policies.size() > 1) {
      throw new BundleException(
          "the bundles "
              + String.join(" and ", policies.keySet())
              + " both hold policies; build them into one: opa build -t plan -b "
              + String.join(" -b ", policies.keySet()));
    }
    return policies.firstEntry().getValue();
  }

  private static void requireDisjointRoots(SortedMap<String, BundleContent.Snapshot> bundles)
      throws BundleException {
    for (Map.Entry<String, BundleContent.Snapshot> one : bundles.entrySet()) {
      for (Map.Entry<String, BundleContent.Snapshot> other :
          bundles.headMap(one.getKey()).entrySet()) {
        one.getValue()
            .manifest()
            .requireDisjoint(one.getKey(), other.getValue().manifest(), other.getKey());
      }
    }
  }
}
