package dev.blastwall.policy;

import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.bundle.ActiveBundles;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The policy of the bundles that are active at the moment, the same one for as long as they are.
 */
final class ActivePolicies implements Supplier<ActivePolicy> {

  private final Supplier<ActiveBundles> bundles;
  private final DecisionReader reader;
  private volatile @Nullable Known last;

  private record Known(ActiveBundles bundles, ActivePolicy policy) {}

  ActivePolicies(Supplier<ActiveBundles> bundles, MaskingKey key) {
    this.bundles = bundles;
    this.reader = new DecisionReader(key);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // An activation makes a new one, whatever is in it.
  public ActivePolicy get() {
    ActiveBundles now = bundles.get();
    Known known = last;
    if (known == null || known.bundles != now) {
      known =
          new Known(now, new ActivePolicy(now.engine(), now.revision(), now.revisions(), reader));
      last = known;
    }
    return known.policy;
  }
}
