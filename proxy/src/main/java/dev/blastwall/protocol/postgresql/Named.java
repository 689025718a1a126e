package dev.blastwall.protocol.postgresql;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The statements or portals of a session by name, as they will be once everything that was sent is
 * done. What turns out not to be done is undone, the newest first.
 */
final class Named<T> {

  /** A session with more is not a session. */
  private static final int LIMIT = 10_000;

  private final Map<String, T> known = new HashMap<>();

  @Nullable T get(String name) {
    return known.get(name);
  }

  /** Sets or, with null, removes; the answer takes it back. */
  Runnable set(String name, @Nullable T value) {
    if (known.size() >= LIMIT) {
      throw ProtocolViolation.tooLarge("more than " + LIMIT + " open names");
    }
    T previous = put(name, value);
    return () -> put(name, previous);
  }

  private @Nullable T put(String name, @Nullable T value) {
    return value == null ? known.remove(name) : known.put(name, value);
  }

  void removeIf(Predicate<T> gone) {
    known.values().removeIf(gone);
  }
}
