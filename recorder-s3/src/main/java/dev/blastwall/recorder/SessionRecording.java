package dev.blastwall.recorder;

import java.util.function.Consumer;

/**
 * The recording of one open session. Its methods never block and never throw for a failing disk;
 * the calls of one session come from one thread (its event loop), and their order is the order of
 * the records.
 */
public interface SessionRecording {

  /** The session's id. */
  String id();

  /**
   * Hands over a record that may wait a moment for the disk ({@link
   * RecorderOptions#writeInterval}).
   */
  Admission append(SessionRecord event);

  /**
   * Hands over a record that must be on disk before something happens.
   *
   * @param outcome told exactly once, on the executor given to {@link Recorder#begin}; must not
   *     block
   */
  void append(SessionRecord event, Consumer<AppendResult> outcome);

  /**
   * Ends the session with a closing record that holds the reason (at most 1000 bytes are kept) and
   * the count of records. Always taken, whatever the bounds say; a second close does nothing.
   */
  void close(String reason);
}
