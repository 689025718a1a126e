package dev.blastwall.masking;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A method of masking a value. Texts take every method. Of other types some take some methods, in a
 * form that a reader of that type still takes; what remains becomes NULL, which every type takes: a
 * number that looks like any other number would be added up, compared and written back unseen.
 */
public sealed interface Mask {

  /**
   * The masked form of {@code text}, or null for NULL. Never the text itself, and never longer
   * parts of it than the method says.
   */
  @Nullable String apply(String text);

  /** The masked form of a UUID, or null for NULL. */
  default @Nullable UUID apply(UUID identifier) {
    return null;
  }

  /** Whether a date keeps its year and becomes the first day of it; else it becomes NULL. */
  default boolean keepsYear() {
    return false;
  }

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

    @Override
    public UUID apply(UUID identifier) {
      return key.identifier("hash", identifier.toString());
    }
  }

  /**
   * Replaces a text by another of the same format, which whoever holds the key can turn back. A
   * text with fewer than a million others of its format, or with far too many, gets a word as by
   * {@link Hash}, which nobody can.
   *
   * @param key the gateway's masking key
   */
  record Tokenize(MaskingKey key) implements Mask {
    @Override
    public String apply(String text) {
      return key.token(text);
    }

    @Override
    public UUID apply(UUID identifier) {
      return key.identifier("token", identifier.toString());
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

    private static final int YEAR = 4;
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

    /** The first four characters of a date are its year. */
    @Override
    public boolean keepsYear() {
      return keepFirst >= YEAR;
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

  /**
   * Masks what stands at some places of a JSON text, and leaves the rest as it is. Strings there
   * get the method; anything else becomes null. What is no JSON is redacted whole.
   *
   * @param places what to mask
   */
  record AtPaths(List<PathMask> places) implements Mask {
    public AtPaths {
      places = List.copyOf(places);
    }

    @Override
    public String apply(String text) {
      return JsonMasking.mask(text, places);
    }
  }
}
