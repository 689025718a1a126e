package dev.blastwall.opa;

/**
 * Hears what policies say while they are evaluated; it must not block, and several threads may call
 * it at once.
 */
public interface EvaluationListener {
  /** Nobody listens. */
  EvaluationListener NOBODY =
      new EvaluationListener() {
        @Override
        public void printed(String text) {}

        @Override
        public void traced(String note) {}
      };

  /** What {@code print} was called with, as OPA writes it. */
  void printed(String text);

  /** What {@code trace} was called with. */
  void traced(String note);
}
