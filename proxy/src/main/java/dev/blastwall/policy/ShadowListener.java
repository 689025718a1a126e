package dev.blastwall.policy;

/** Hears how a shadow fares; thread-safe. */
public interface ShadowListener {

  /** What came of asking a shadow. */
  enum Result {
    /** It decided alike: nobody would have noticed. */
    SAME,
    /** It decided otherwise. */
    DIFFERENT,
    /** It could not decide. */
    ERROR,
    /** It was not asked, for it was behind. */
    SKIPPED
  }

  /** A question was enforced, and this is what came of asking the shadow as well. */
  void judged(Question question, Result result);
}
