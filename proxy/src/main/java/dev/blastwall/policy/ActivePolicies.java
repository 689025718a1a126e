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

  private record Known(ActiveBundles bundles, ActivePolicy policy) {
    @SuppressWarnings("ReferenceEquality") // An activation makes a new one, whatever is in it.
    boolean isOf(ActiveBundles now) {
      return bundles == now;
    }
  }

  ActivePolicies(Supplier<ActiveBundles> bundles, MaskingKey key) {
    this.bundles = bundles;
    this.reader = new DecisionReader(key);
  }

  @Override
  public ActivePolicy get() {
    ActiveBundles now = bundles.get();
    Known known = last;
    return known != null && known.isOf(now) ? known.policy : replace(now);
  }

  /** One for all who ask at the same moment, so that they can tell whether it is another. */
  private synchronized ActivePolicy replace(ActiveBundles now) {
    Known known = last;
    if (known != null && known.isOf(now)) {
      return known.policy;
    }
    ActivePolicy policy = new ActivePolicy(now.engine(), now.revision(), now.revisions(), reader);
    last = new Known(now, policy);
    return policy;
  }
}
