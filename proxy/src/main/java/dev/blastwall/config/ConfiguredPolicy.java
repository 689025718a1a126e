package dev.blastwall.config;

import dev.blastwall.opa.bundle.BundleConfig;
import java.util.List;

/** What {@code policy} says; the bundles are none where the engine has its own. */
record ConfiguredPolicy(
    ConfiguredEngine engine, List<BundleConfig> bundles, List<ConfiguredSet> sets) {}
