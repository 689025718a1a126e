package dev.blastwall.opa.bundle;

import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import dev.blastwall.opa.embedded.EngineOptions;
import org.jspecify.annotations.Nullable;

/**
 * Embedded engines. Where only data have changed, the code of the engine before goes on deciding:
 * the JVM has optimised it already.
 */
public final class EmbeddedEngines implements EngineFactory {
  private final EngineOptions options;
  private final String entrypoint;
  private @Nullable Compiled last;

  private record Compiled(Value plan, EmbeddedEngine engine) {}

  /**
   * A factory of engines.
   *
   * @param options how they evaluate
   * @param entrypoint what a bundle must have
   */
  public EmbeddedEngines(EngineOptions options, String entrypoint) {
    this.options = options;
    this.entrypoint = entrypoint;
  }

  @Override
  public synchronized PolicyEngine engine(Bundle bundle) throws BundleException {
    Compiled before = last;
    EmbeddedEngine engine =
        before != null && before.plan.equals(bundle.plan())
            ? before.engine.withData(bundle.data())
            : EmbeddedEngine.load(bundle, options);
    if (!engine.entrypoints().contains(entrypoint)) {
      throw new BundleException(
          "the bundle has no entrypoint "
              + entrypoint
              + "; build it with opa build -t plan -e "
              + entrypoint);
    }
    LogRules.requireEntrypoints(bundle.sources(), engine.entrypoints());
    last = new Compiled(bundle.plan(), engine);
    return engine;
  }
}
