package dev.blastwall.gateway;

import dev.blastwall.opa.sidecar.SidecarListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator what becomes of OPAs that were started. */
final class SidecarLog implements SidecarListener {

  private static final Logger log = LoggerFactory.getLogger(SidecarLog.class);

  @Override
  public void started(String revision, long pid) {
    log.info("opa answers, revision={} pid={}", revision, pid);
  }

  @Override
  public void died(String revision, long pid, String output) {
    log.warn("opa ended and is started again, revision={} pid={} output={}", revision, pid, output);
  }

  @Override
  public void hung(String revision, long pid) {
    log.warn("opa gives no answer and is started again, revision={} pid={}", revision, pid);
  }
}
