package dev.blastwall.recorder;

/** A session cannot be recorded now, so it must not begin. */
public final class RecordingRefusedException extends RuntimeException {

  private final Admission why;

  RecordingRefusedException(Admission why) {
    super(why.reason());
    this.why = why;
  }

  /** The cause; never {@link Admission#ACCEPTED}. */
  public Admission why() {
    return why;
  }
}
