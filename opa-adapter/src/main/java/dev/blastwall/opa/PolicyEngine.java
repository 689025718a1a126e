package dev.blastwall.opa;

import java.util.function.Consumer;

/** Something that evaluates policies: the embedded engine, or a real OPA beside the process. */
public interface PolicyEngine {
  /**
   * Evaluates an entrypoint and hands the result on exactly once.
   *
   * @param entrypoint the path of the rule, for instance {@code blastwall/decision}
   * @param input the {@code input} document; must not be changed any more
   * @param then gets the result: on the caller's thread before this method returns, or later on
   *     another thread; it must not block
   */
  void evaluate(String entrypoint, Value input, Consumer<Evaluation> then);

  /**
   * Says that nobody will ask any more, but for those who took the engine just before. What it
   * holds is let go of once these have their answers. Returns at once.
   */
  default void retire() {}

  /** What of an input its results depend on, so that a caller may keep them. */
  default InputDependencies dependencies() {
    return InputDependencies.Anything.ANYTHING;
  }
}
