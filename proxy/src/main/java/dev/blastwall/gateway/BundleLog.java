package dev.blastwall.gateway;

import dev.blastwall.opa.bundle.BundleListener;
import dev.blastwall.opa.bundle.BundleMetrics;
import dev.blastwall.opa.bundle.BundleStatus;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what becomes of bundles: the operator, in the log and in numbers, and the gateway. */
final class BundleLog implements BundleListener {

  private static final Logger log = LoggerFactory.getLogger(BundleLog.class);

  private final BundleMetrics metrics;
  private final Runnable changed;

  /**
   * What an operator sees.
   *
   * @param changed told of each bundle that was activated
   */
  BundleLog(BundleMetrics metrics, Runnable changed) {
    this.metrics = metrics;
    this.changed = changed;
  }

  @Override
  public void activated(BundleStatus status) {
    changed.run();
    metrics.activated(status);
    log.info("bundle activated, bundle={} revision={}", status.name(), status.activeRevision());
  }

  @Override
  public void refused(BundleStatus status) {
    metrics.refused(status);
    log.warn(
        "bundle refused, the last good one stays, bundle={} active={} reason={}",
        status.name(),
        status.activeRevision(),
        status.error().map(BundleStatus.Failure::message).orElse(""));
  }

  @Override
  public void notKept(String name, IOException cause) {
    log.warn("bundle not kept on disk for the next start, bundle={}", name, cause);
  }
}
