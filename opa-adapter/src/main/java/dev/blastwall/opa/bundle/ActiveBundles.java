package dev.blastwall.opa.bundle;

import dev.blastwall.opa.PolicyEngine;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What decides at one moment. Whoever asks takes it once for each decision, so that engine and
 * revision belong together.
 *
 * @param engine evaluates
 * @param revisions of the bundles, by their name
 */
public record ActiveBundles(PolicyEngine engine, Map<String, String> revisions) {
  public ActiveBundles {
    revisions = Map.copyOf(revisions);
  }

  /** The revision of the only bundle; of several, each with its name. */
  public String revision() {
    if (revisions.size() == 1) {
      return revisions.values().iterator().next();
    }
    return new TreeMap<>(revisions)
        .entrySet().stream()
            .map(bundle -> bundle.getKey() + "=" + bundle.getValue())
            .collect(Collectors.joining(","));
  }
}
