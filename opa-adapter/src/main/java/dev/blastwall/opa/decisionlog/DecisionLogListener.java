package dev.blastwall.opa.decisionlog;

/** Hears what becomes of events, on the threads of the log; must not throw. */
public interface DecisionLogListener {
  /** What can go wrong, and what it means for the events. */
  enum Trouble {
    /** Too much was handed over at once: these events are lost. */
    QUEUE_FULL,
    /** What must not stand in the log is not known: they go without input and result. */
    POLICY_FAILED,
    /** They are larger than an upload may be: they go without input and result. */
    TOO_LARGE,
    /** The spool was full: the oldest events, these, are lost. */
    SPOOL_FULL,
    /** The spool could not be written to: these events are lost for the service. */
    SPOOL_FAILED,
    /** A sink did not take these events: they are lost for it. */
    SINK_FAILED,
    /** The service did not take these events: they are sent again. */
    UPLOAD_FAILED,
    /** The log itself failed: these events are lost. */
    DEFECT
  }

  /** Events were given to the spool and the sinks. */
  default void logged(long events) {}

  /** Events were left out because policy wants that. */
  default void dropped(long events) {}

  /** The service has taken events. */
  default void uploaded(long events) {}

  /**
   * Something went wrong.
   *
   * @param events how many are concerned
   * @param detail why; may be empty
   */
  default void trouble(Trouble trouble, long events, String detail) {}
}
