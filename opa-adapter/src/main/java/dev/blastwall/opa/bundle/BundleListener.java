package dev.blastwall.opa.bundle;

import java.io.IOException;

/** Hears what becomes of bundles, on the thread of the bundle; must not throw. */
public interface BundleListener {
  /** A bundle decides from now on, or as soon as those are there that are still missing. */
  default void activated(BundleStatus status) {}

  /** A bundle could not be had or must not decide; {@link BundleStatus#error} says why. */
  default void refused(BundleStatus status) {}

  /** A bundle decides, but it will not be there for a start without its source. */
  default void notKept(String name, IOException cause) {}
}
