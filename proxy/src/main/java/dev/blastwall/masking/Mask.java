package dev.blastwall.masking;

import org.jspecify.annotations.Nullable;

/**
 * A method of masking a text. A value of any other type has one mask only: NULL, which every type
 * takes.
 */
public sealed interface Mask {

  /**
   * The masked form of {@code text}, or null for NULL. Never the text itself, and never longer
   * parts of it than the method says.
   */
  @Nullable String apply(String text);

  /** Replaces everything by one fixed word. */
  record Redact() implements Mask {
    @Override
    public String apply(String text) {
      return MaskedForm.REDACTED;
    }
  }

  /** Replaces the value by NULL. */
  record Nullify() implements Mask {
    @Override
    public @Nullable String apply(String text) {
      return null;
    }
  }

  /**
   * Replaces equal values by equal words that cannot be computed without the key; the word is cut
   * to 80 bits.
   *
   * @param key the gateway's masking key
   */
  record Hash(MaskingKey key) implements Mask {
    @Override
    public String apply(String text) {
      return MaskedForm.HASH_PREFIX + key.digest("hash", text);
    }
  }

  /**
   * As {@link Hash}, under words of their own, for values that people quote to each other.
   *
   * @param key the gateway's masking key
   */
  record Tokenize(MaskingKey key) implements Mask {
    @Override
    public String apply(String text) {
      return MaskedForm.TOKEN_PREFIX + key.digest("token", text);
    }
  }

  /**
   * Keeps the ends. When the kept parts would be more than half of the value, or would meet, the
   * value is redacted.
   *
   * @param keepFirst code points kept at the start
   * @param keepLast code points kept at the end
   * @param keepFrom everything from the last occurrence of this on is kept too; null for nothing
   */
  record Partial(int keepFirst, int keepLast, @Nullable String keepFrom) implements Mask {

    private static final int FEWEST_ASTERISKS = MaskedForm.ASTERISKS.length();

    public Partial {
      if (keepFirst < 0 || keepLast < 0) {
        throw new IllegalArgumentException("a partial mask keeps no negative number of characters");
      }
    }

    @Override
    public String apply(String text) {
      int tail = keepFrom == null ? -1 : text.lastIndexOf(keepFrom);
      String secret = tail < 0 ? text : text.substring(0, tail);
      return partly(secret) + (tail < 0 ? "" : text.substring(tail));
    }

    private String partly(String secret) {
      int length = secret.codePointCount(0, secret.length());
      int kept = keepFirst + keepLast;
      if (kept * 2 > length) {
        return MaskedForm.ASTERISKS;
      }
      return secret.substring(0, secret.offsetByCodePoints(0, keepFirst))
          + "*".repeat(Math.max(FEWEST_ASTERISKS, length - kept))
          + secret.substring(secret.offsetByCodePoints(secret.length(), -keepLast));
    }
  }
}
