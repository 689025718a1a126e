package dev.blastwall.opa.sidecar;

import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.bundle.EngineFactory;
import dev.blastwall.opa.plan.PlanReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a real OPA for each bundle and looks after it. The one before goes on until nobody asks it
 * any more, so that a bundle and what is known of it change in one step, as with the embedded
 * engine.
 */
public final class SidecarEngines implements EngineFactory, AutoCloseable {
  private final Path program;
  private final SidecarOptions options;
  private final String entrypoint;
  private final Supervision supervision;
  private final SidecarListener listener;
  private final List<SupervisedOpa> started = new ArrayList<>();
  private boolean closed;

  /**
   * A factory that has started nothing yet.
   *
   * @param program the {@code opa} tool
   * @param options how OPAs are asked
   * @param entrypoint what a bundle must have
   * @param listener hears what becomes of them
   */
  public SidecarEngines(
      Path program, SidecarOptions options, String entrypoint, SidecarListener listener) {
    this(program, options, entrypoint, Supervision.DEFAULT, listener);
  }

  SidecarEngines(
      Path program,
      SidecarOptions options,
      String entrypoint,
      Supervision supervision,
      SidecarListener listener) {
    this.program = program;
    this.options = options;
    this.entrypoint = entrypoint;
    this.supervision = supervision;
    this.listener = listener;
  }

  @Override
  public PolicyEngine engine(Bundle bundle) throws BundleException {
    requireEntrypoint(bundle);
    SupervisedOpa opa = start(bundle);
    try {
      return opa.await();
    } catch (BundleException e) {
      opa.close();
      throw e;
    }
  }

  private synchronized SupervisedOpa start(Bundle bundle) throws BundleException {
    if (closed) {
      throw new BundleException("no OPA is started any more, because the program ends");
    }
    started.removeIf(SupervisedOpa::isOver);
    SupervisedOpa opa = new SupervisedOpa(program, bundle, options, supervision, listener);
    started.add(opa);
    return opa;
  }

  /** OPA does not know what a bundle was built for, and has no value for what is not there. */
  private void requireEntrypoint(Bundle bundle) throws BundleException {
    if (PlanReader.read(bundle.plan()).entrypoints().stream()
        .noneMatch(offered -> offered.name().equals(entrypoint))) {
      throw new BundleException(
          "the bundle has no entrypoint "
              + entrypoint
              + "; build it with opa build -t plan -e "
              + entrypoint);
    }
  }

  /** Ends every OPA and waits for that. */
  @Override
  public synchronized void close() {
    closed = true;
    started.forEach(SupervisedOpa::close);
    started.clear();
  }
}
