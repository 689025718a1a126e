package dev.blastwall.recorder;

/** What the recorder says at once about a record that was handed to it. */
public enum Admission {
  /**
   * It is queued, in order. It is lost only if the recorder fails, and then every later call says
   * so.
   */
  ACCEPTED("accepted"),
  /**
   * The queue or the spool is at its bound; nothing was taken. Refuse the command, or end the
   * session.
   */
  FULL("the recorder is full: its disk does not keep up"),
  /** A disk failed; nothing is taken until the recorder is opened anew. */
  UNHEALTHY("the recorder failed; free or repair its disk, then restart"),
  /** The session or the recorder was closed before. */
  CLOSED("the recording is closed"),
  /** The session's id was already used on this day; it must be unique. */
  DUPLICATE("the session id was used before");

  private final String reason;

  Admission(String reason) {
    this.reason = reason;
  }

  /** One line for the person whose command is refused. */
  public String reason() {
    return reason;
  }
}
