package dev.blastwall.protocol.postgresql;

import org.jspecify.annotations.Nullable;

/** A message that went upstream, by what its answer means. */
sealed interface Expected {

  /**
   * Query: result sets and command tags, then ReadyForQuery. FunctionCall: a value, then
   * ReadyForQuery.
   *
   * @param running its answer so far
   */
  record Query(Running running) implements Expected {}

  /**
   * Parse, Bind, Close: one message without content.
   *
   * @param judged the command it belongs to, or null where it belongs to none
   * @param type the answer's type
   * @param undo takes back what the gateway noted when it turns out not to be done
   */
  record Acknowledgement(@Nullable Judged judged, byte type, Runnable undo) implements Expected {}

  /** Describe of a statement: ParameterDescription, then RowDescription or NoData. */
  record DescribeStatement() implements Expected {}

  /** Describe of a portal that was not bound here, a cursor: RowDescription or NoData. */
  record DescribeCursor() implements Expected {}

  /**
   * Describe of a portal: RowDescription or NoData.
   *
   * @param running what the description is for
   * @param ours whether the gateway asked, and the client must not see the answer
   */
  record DescribePortal(Running running, boolean ours) implements Expected {}

  /**
   * Execute: rows, then how it ended.
   *
   * @param running its portal's answer so far
   */
  record Execute(Running running) implements Expected {}

  /**
   * Sync: ReadyForQuery.
   *
   * @param segment how many Syncs came before it
   */
  record Sync(int segment) implements Expected {}

  /**
   * The gateway's own failing command in the place of one that was refused, so that the upstream's
   * transaction is where the client believes it to be.
   *
   * @param instead what the client sees instead of the error
   * @param simple whether it was a Query, which ReadyForQuery follows
   */
  record Poison(Report instead, boolean simple) implements Expected {}

  /** CopyDone or CopyFail: no answer of its own. */
  record CopyEnd() implements Expected {}
}
