package dev.blastwall.opa.bundle;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an archive brings: a whole bundle, or changes to the data of the one before. */
sealed interface BundleContent {
  /**
   * A whole bundle.
   *
   * @param plan the policies; null where the bundle brings only data
   * @param rego the sources of the policies, by their paths
   */
  record Snapshot(
      Manifest manifest, @Nullable Value plan, ObjectValue data, Map<String, String> rego)
      implements BundleContent {

    @Override
    public String type() {
      return "snapshot";
    }
  }

  /**
   * Changes, one after the other.
   *
   * @param manifest of the bundle after them; null where it says nothing
   */
  record Delta(@Nullable Manifest manifest, List<Patch> patches) implements BundleContent {
    public Delta {
      patches = List.copyOf(patches);
    }

    @Override
    public String type() {
      return "delta";
    }

    /** The bundle after the changes. */
    Snapshot applyTo(Snapshot before) throws BundleException {
      Manifest after = manifest == null ? before.manifest() : manifest;
      if (!after.roots().equals(before.manifest().roots())) {
        throw new BundleException(
            "the delta bundle has other roots than the bundle that it changes; serve a snapshot");
      }
      ObjectValue data = before.data();
      for (Patch patch : patches) {
        data = patch.applyTo(data, after);
      }
      return new Snapshot(after, before.plan(), data, before.rego());
    }
  }

  /** As OPA's status calls it. */
  String type();
}
