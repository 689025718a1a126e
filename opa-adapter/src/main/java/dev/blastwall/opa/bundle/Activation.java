package dev.blastwall.opa.bundle;

import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.PolicyEngine;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets the bundles decide that all others agree with: compiles, tries, and then replaces what
 * decided before in one step. One bundle at a time; decisions never wait for it.
 */
final class Activation {
  private final Set<String> wanted;
  private final EngineFactory engines;
  private final String entrypoint;
  private SortedMap<String, BundleContent.Snapshot> bundles = new TreeMap<>();
  private volatile @Nullable ActiveBundles active;

  /**
   * Nothing is active yet.
   *
   * @param wanted the bundles that there must be
   * @param entrypoint what smoke inputs are asked of
   */
  Activation(Set<String> wanted, EngineFactory engines, String entrypoint) {
    this.wanted = Set.copyOf(wanted);
    this.engines = engines;
    this.entrypoint = entrypoint;
  }

  /** What decides; null as long as a bundle is missing. */
  @Nullable ActiveBundles active() {
    return active;
  }

  /**
   * Takes what was read of a bundle. As long as others are missing, it is kept for then.
   *
   * @return the revision that it has now
   * @throws BundleException when it must not decide; then nothing has changed
   */
  synchronized String offer(String name, BundleContent content) throws BundleException {
    SortedMap<String, BundleContent.Snapshot> candidate = new TreeMap<>(bundles);
    BundleContent.Snapshot snapshot = snapshot(content, bundles.get(name));
    candidate.put(name, snapshot);
    if (candidate.keySet().containsAll(wanted)) {
      activate(candidate);
    }
    bundles = candidate;
    return snapshot.manifest().revision();
  }

  private static BundleContent.Snapshot snapshot(
      BundleContent content, BundleContent.@Nullable Snapshot before) throws BundleException {
    return switch (content) {
      case BundleContent.Snapshot whole -> whole;
      case BundleContent.Delta delta -> {
        if (before == null) {
          throw new BundleException(
              "the bundle is a delta, and there is none that it could change; serve a snapshot first");
        }
        yield delta.applyTo(before);
      }
    };
  }

  private void activate(SortedMap<String, BundleContent.Snapshot> candidate)
      throws BundleException {
    Bundle bundle = Composition.of(candidate);
    SmokeInputs smoke = SmokeInputs.of(bundle.data(), entrypoint);
    PolicyEngine engine = engines.engine(bundle);
    ActiveBundles before = active;
    prepare(engine, smoke, before != null);
    active = new ActiveBundles(engine, revisions(candidate));
    if (before == null) {
      // Whoever waits for the first policy waits for nothing else.
      smoke.warm(engine);
    } else {
      before.engine().retire();
    }
  }

  private static void prepare(PolicyEngine engine, SmokeInputs smoke, boolean warm)
      throws BundleException {
    try {
      smoke.pass(engine);
      if (warm) {
        smoke.warm(engine);
      }
    } catch (BundleException | RuntimeException e) {
      engine.retire();
      throw e;
    }
  }

  private static Map<String, String> revisions(
      SortedMap<String, BundleContent.Snapshot> candidate) {
    Map<String, String> revisions = new HashMap<>();
    candidate.forEach((name, bundle) -> revisions.put(name, bundle.manifest().revision()));
    return revisions;
  }
}
