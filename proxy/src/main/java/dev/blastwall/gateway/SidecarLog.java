package dev.blastwall.gateway;

import dev.blastwall.opa.sidecar.SidecarListener;
import dev.blastwall.opa.sidecar.SidecarMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator what becomes of OPAs that were started, in the log and in numbers. */
final class SidecarLog implements SidecarListener {

  private static final Logger log = LoggerFactory.getLogger(SidecarLog.class);

  private final SidecarMetrics metrics;

  SidecarLog(SidecarMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void started(String revision, long pid) {
    metrics.started(revision, pid);
    log.info("opa answers, revision={} pid={}", revision, pid);
  }

  @Override
  public void died(String revision, long pid, String output) {
    metrics.died(revision, pid, output);
    log.warn("opa ended and is started again, revision={} pid={} output={}", revision, pid, output);
  }

  @Override
  public void hung(String revision, long pid) {
    metrics.hung(revision, pid);
    log.warn("opa gives no answer and is started again, revision={} pid={}", revision, pid);
  }
}
