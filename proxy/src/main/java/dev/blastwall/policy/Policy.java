package dev.blastwall.policy;

import dev.blastwall.command.Session;

/** Decides. One for the whole gateway; thread-safe. */
public interface Policy {

  /** What policy will be asked about {@code session}, by the one event loop that owns it. */
  SessionPolicy of(Session session);
}
