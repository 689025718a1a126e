package dev.blastwall.masking;

import com.google.re2j.Pattern;

/** What masked values look like, so that one that is written back can be recognised. */
public final class MaskedForm {

  static final String REDACTED = "[redacted]";
  static final String HASH_PREFIX = "hash_";
  static final String TOKEN_PREFIX = "tok_";
  static final String ASTERISKS = "***";

  private static final Pattern PATTERN =
      Pattern.compile("\\*{3}|\\[redacted\\]|(?:hash|tok)_[0-9a-f]{20}");

  private MaskedForm() {}

  /** Whether {@code text} holds something that a mask may have produced. */
  public static boolean appearsIn(String text) {
    return worthLooking(text) && PATTERN.matcher(text).find();
  }

  /** The pattern costs microseconds a text, and this is asked of every write. */
  private static boolean worthLooking(String text) {
    return text.contains(ASTERISKS)
        || text.contains(REDACTED)
        || text.contains(HASH_PREFIX)
        || text.contains(TOKEN_PREFIX);
  }
}
