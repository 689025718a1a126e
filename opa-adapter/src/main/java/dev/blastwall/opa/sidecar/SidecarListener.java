package dev.blastwall.opa.sidecar;

/** Hears what becomes of the OPAs that were started. */
public interface SidecarListener {
  /**
   * One answers, for the first time or again.
   *
   * @param revision of the bundle that it evaluates
   */
  default void started(String revision, long pid) {}

  /**
   * One ended that was not told to; it is started again.
   *
   * @param output what it wrote last
   */
  default void died(String revision, long pid, String output) {}

  /** One runs and answers nothing; it is ended and started again. */
  default void hung(String revision, long pid) {}
}
