package dev.blastwall.recorder;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the stored entries of one session in order and holds them to the rules of a chain:
 * numbers without a gap, the begin first, nothing after the end, and the end's count right. Whoever
 * reads entries (sealing, recovery, verification, replay) reads them through here. A broken rule is
 * an {@link IllegalArgumentException} that names the sequence number.
 */
final class ChainReplay {

  private final SessionChain chain;
  private @Nullable Instant begun;
  private byte[] genesis;
  private Optional<SessionEnd> end = Optional.empty();

  /** A session from its beginning. */
  ChainReplay(String session) {
    chain = new SessionChain(session);
    genesis = Hashes.NONE;
  }

  /** A session from where its sealed segments end. */
  ChainReplay(SessionState state) {
    chain = new SessionChain(state.session(), state.head(), state.next());
    begun = state.begun();
    genesis = state.genesis();
  }

  Entry add(byte[] bytes, int offset, int length) {
    var entry = Entry.decode(bytes, offset, length);
    check(entry);
    var hash = chain.add(bytes, offset, length);
    if (entry.kind() == EntryKind.BEGIN) {
      begun = entry.time();
      genesis = hash;
    }
    if (entry.kind() == EntryKind.END) {
      end = Optional.of(new SessionEnd(entry.time(), entry.endReason()));
    }
    return entry;
  }

  private void check(Entry entry) {
    if (entry.sequence() != chain.next()) {
      throw misplaced(entry, "where number " + chain.next() + " belongs");
    }
    if (end.isPresent()) {
      throw misplaced(entry, "after the closing entry");
    }
    if ((entry.kind() == EntryKind.BEGIN) != (entry.sequence() == 0)) {
      throw misplaced(entry, "of the wrong kind for its place");
    }
    if (entry.kind() == EntryKind.END && entry.endRecords() != entry.sequence() - 1) {
      throw misplaced(entry, "closing with a wrong count " + entry.endRecords());
    }
  }

  private static IllegalArgumentException misplaced(Entry entry, String how) {
    return new IllegalArgumentException("entry " + entry.sequence() + " stands " + how);
  }

  /** When the session began; asked only after its first entry. */
  Instant begun() {
    if (begun == null) {
      throw new IllegalArgumentException("the session has no first entry");
    }
    return begun;
  }

  byte[] genesis() {
    return genesis;
  }

  byte[] head() {
    return chain.head();
  }

  long next() {
    return chain.next();
  }

  SessionChain chain() {
    return chain;
  }

  Optional<SessionEnd> end() {
    return end;
  }
}
