package dev.blastwall.opa;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One value for each name that comes again and again, in policies and in inputs: who looks a name
 * up finds it by identity, and who reads one from bytes makes no string of it.
 *
 * <p>It is a cache of fixed size. Threads share it without synchronisation, since all that can be
 * lost is an entry: the values are immutable. Only names belong here, because they stay.
 */
final class NamePool {
  private static final int LONGEST = 40;
  private static final int SLOTS = 1 << 12;
  private static final @Nullable StringValue[] POOL = new StringValue[SLOTS];

  private NamePool() {}

  /** A value for the text. */
  static StringValue of(String text) {
    if (text.length() > LONGEST) {
      return new StringValue(text);
    }
    int slot = slot(text.hashCode());
    StringValue first = POOL[slot];
    if (first != null && first.text().equals(text)) {
      return first;
    }
    StringValue second = POOL[slot ^ 1];
    if (second != null && second.text().equals(text)) {
      return second;
    }
    return keep(new StringValue(text), slot, first);
  }

  /** A value for the text that these ASCII characters are. */
  static StringValue of(byte[] ascii, int from, int to) {
    if (to - from > LONGEST) {
      return made(ascii, from, to);
    }
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + ascii[i];
    }
    int slot = slot(hash);
    StringValue first = POOL[slot];
    if (first != null && is(first.text(), ascii, from, to)) {
      return first;
    }
    StringValue second = POOL[slot ^ 1];
    if (second != null && is(second.text(), ascii, from, to)) {
      return second;
    }
    return keep(made(ascii, from, to), slot, first);
  }

  /** Whether a name may stay in memory. */
  static boolean isShort(Value name) {
    return ((StringValue) name).text().length() <= LONGEST;
  }

  private static StringValue made(byte[] ascii, int from, int to) {
    return new StringValue(new String(ascii, from, to - from, StandardCharsets.ISO_8859_1));
  }

  /** Whether the text is these ASCII characters. */
  static boolean is(String text, byte[] ascii, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i - from) != ascii[i]) {
        return false;
      }
    }
    return true;
  }

  /** In the free one of two slots, or in the second. */
  private static StringValue keep(StringValue value, int slot, @Nullable StringValue first) {
    POOL[first == null ? slot : slot ^ 1] = value;
    return value;
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 12 ^ hash >>> 20) & SLOTS - 1;
  }
}
