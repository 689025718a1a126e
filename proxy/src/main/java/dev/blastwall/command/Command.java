package dev.blastwall.command;

/**
 * One thing a client asked for. Sealed: a new kind is a compile error at every place that must
 * decide about it. What the gateway does not understand is an {@link Unclassified}.
 */
public sealed interface Command permits SqlBatch, Replication, Unclassified {

  /** The kind as policy sees it in {@code input.command.kind}, for example {@code sql}. */
  String kind();

  /** Writes all that makes this command this command, in a fixed order. */
  void writeTo(CanonicalForm form);
}
