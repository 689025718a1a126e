package dev.blastwall.config;

import dev.blastwall.opa.sidecar.OpaAddress;
import java.nio.file.Path;
import java.time.Duration;

/** What evaluates the policy; {@code policy.engine}. */
public sealed interface ConfiguredEngine {

  /** The gateway itself. */
  record Embedded() implements ConfiguredEngine {}

  /**
   * A real OPA that the gateway starts and looks after.
   *
   * @param program the {@code opa} tool; a mere name is looked for on the PATH
   * @param timeout how long a decision may take
   */
  record Started(Path program, Duration timeout) implements ConfiguredEngine {}

  /**
   * A real OPA that runs already and loads its bundles itself.
   *
   * @param address where it answers
   * @param timeout how long a decision may take
   */
  record Running(OpaAddress address, Duration timeout) implements ConfiguredEngine {}
}
