package dev.blastwall.opa.embedded;

/**
 * A plan that breaks a rule of the IR; loading turns it into a {@link
 * dev.blastwall.opa.BundleException}.
 */
final class PlanDefect extends RuntimeException {
  PlanDefect(String message) {
    super(message);
  }
}
