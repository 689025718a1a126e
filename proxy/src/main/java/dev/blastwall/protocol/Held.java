package dev.blastwall.protocol;

import java.time.Instant;
import java.util.List;

/** A command that waits for a human. */
public interface Held {

  /** What the approver names. */
  String id();

  /** When the hold ends in a refusal. */
  Instant expires();

  /** Who may approve, for a human to read: {@code group:approvers}, … */
  List<String> approvers();

  /** Why it is held, for a human to read. */
  String reason();

  /** The client gave up (cancel, hang-up): the verdict becomes a refusal of kind CANCELLED. */
  void cancel();
}
