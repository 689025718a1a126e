package dev.blastwall.config;

import dev.blastwall.opa.bundle.BundleConfig;
import dev.blastwall.yaml.Section;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Reads {@code policy}: the engine, the bundles that decide, and more sets of bundles. */
final class PolicyReader {

  private final KeyReader keyReader;
  private final EngineReader engines;
  private final BundlesReader bundles;
  private final SetsReader sets;

  PolicyReader(FileParsers files, SecretRefs secrets) {
    this.keyReader = new KeyReader(secrets);
    this.engines = new EngineReader(files);
    this.bundles = new BundlesReader(files, new SourceReader(files, secrets));
    this.sets = new SetsReader(bundles);
  }

  /**
   * Reads the section.
   *
   * @param shadows the sets that connections name as their shadow
   */
  Supplier<ConfiguredPolicy> read(Section policy, Set<String> shadows) {
    Section sidecar = policy.isSection("engine") ? policy.section("engine") : null;
    Supplier<? extends ConfiguredEngine> engine =
        sidecar == null ? engines.word(policy) : engines.sidecar(sidecar);
    boolean alone = sidecar != null && sidecar.has("sidecar");
    if (alone) {
      refuseBundles(policy);
    }
    Supplier<ConfiguredPolicy> read =
        alone
            ? () -> new ConfiguredPolicy(engine.get(), List.of(), List.of())
            : withBundles(policy, engine, shadows);
    policy.end();
    return read;
  }

  private Supplier<ConfiguredPolicy> withBundles(
      Section policy, Supplier<? extends ConfiguredEngine> engine, Set<String> shadows) {
    BundleKeys keys = keys(policy);
    Supplier<List<BundleConfig>> main = bundles.read(policy, "", keys);
    Supplier<List<ConfiguredSet>> more = sets.read(policy, keys, shadows);
    return () -> new ConfiguredPolicy(engine.get(), main.get(), more.get());
  }

  private static void refuseBundles(Section policy) {
    for (String key : List.of("bundle", "bundles", "keys", "sets")) {
      if (policy.has(key)) {
        policy.problem(key, "must not be here: the OPA of policy.engine loads its own bundles");
      }
    }
  }

  private BundleKeys keys(Section policy) {
    boolean present = policy.has("keys");
    Section section = policy.section("keys");
    if (present && section.keys().isEmpty()) {
      policy.problem("keys", "must not be empty");
    }
    return new BundleKeys(keyReader.read(section), present);
  }
}
