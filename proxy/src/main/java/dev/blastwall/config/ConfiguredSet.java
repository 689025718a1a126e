package dev.blastwall.config;

import dev.blastwall.command.Audience;
import dev.blastwall.opa.bundle.BundleConfig;
import java.util.List;

/**
 * Bundles that decide together, beside those that decide for everybody; {@code policy.sets.NAME}.
 *
 * @param name its name
 * @param bundles its bundles; their names begin with that of the set and a dot, so that status,
 *     metrics, decision logs and the folder of last good bundles tell them apart
 * @param audience whom it decides for; nobody when it only shadows
 */
public record ConfiguredSet(String name, List<BundleConfig> bundles, Audience audience) {

  /** The name of the set that {@code policy} itself describes, for whoever no other is for. */
  public static final String MAIN = "main";

  public ConfiguredSet {
    bundles = List.copyOf(bundles);
  }
}
