package dev.blastwall.recorder;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from the ledger's statements, taken in one by one. A statement that does not
 * continue the ones before it is an {@link IllegalArgumentException}. Not thread-safe.
 */
final class LedgerState {

  private final Map<String, SessionState> open = new LinkedHashMap<>();
  private long next;
  private byte[] link = Hashes.NONE;
  private long generation;
  private boolean running;

  void apply(Ledger.Statement statement) {
    var entry = statement.entry();
    require(
        entry.index() == next, "has the number " + entry.index() + " where " + next + " belongs");
    require(Arrays.equals(entry.previous(), link), "does not continue the statement before it");
    switch (entry.what()) {
      case LedgerEntry.Started() -> start(entry.generation());
      case LedgerEntry.Sealed sealed -> seal(entry.generation(), sealed);
    }
    next++;
    link = statement.link();
  }

  private void start(long number) {
    require(!running, "begins a run inside a run");
    require(
        number == generation + 1,
        "begins with generation " + number + " where " + (generation + 1) + " belongs");
    running = true;
  }

  private void seal(long number, LedgerEntry.Sealed sealed) {
    require(running, "seals a generation outside a run");
    require(
        number == generation + 1,
        "seals generation " + number + " where " + (generation + 1) + " belongs");
    sealed.segments().forEach(this::add);
    generation = number;
    running = !sealed.stopped();
    require(running || open.isEmpty(), "ends the run with open sessions");
  }

  private void add(SealedSegment segment) {
    var before = Optional.ofNullable(open.remove(segment.session()));
    var number = before.map(SessionState::segments).orElse(0);
    var first = before.map(SessionState::next).orElse(0L);
    require(
        segment.number() == number && segment.first() == first,
        "has a gap in session " + segment.session());
    require(
        segment.last() >= segment.first(), "has an empty segment of session " + segment.session());
    require(
        before.isEmpty() || Arrays.equals(before.get().genesis(), segment.genesis()),
        "continues another session " + segment.session());
    if (segment.end().isEmpty()) {
      open.put(segment.session(), SessionState.after(segment));
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("a statement " + what);
    }
  }

  /** The sessions that have segments and no end, by id. */
  Map<String, SessionState> open() {
    return open;
  }

  /** Number of the statement that comes next. */
  long next() {
    return next;
  }

  /** Hash that the next statement must name. */
  byte[] link() {
    return link;
  }

  /** The last generation that was sealed. */
  long generation() {
    return generation;
  }

  /**
   * Whether a run began and did not end: then the spool holds the generations after {@link
   * #generation()}.
   */
  boolean running() {
    return running;
  }
}
