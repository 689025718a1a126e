package dev.blastwall.recording;

/** The types of records, as they stand in a recording. */
public final class RecordTypes {

  /** The metadata of a gateway process. */
  public static final String GATEWAY = "gateway";

  /** The metadata of a session. */
  public static final String SESSION = "session";

  /** A client that was not let in. */
  public static final String SIGN_IN_DENIED = "sign-in.denied";

  /**
   * What later records of the session name by its number: what statements do, the columns of a
   * result, a decision.
   */
  public static final String SHAPE = "shape";

  /** Another policy came in, and this is its decision whether the session may go on. */
  public static final String CONNECT = "connect";

  /** What a shadow would have decided otherwise than the decision that it names. */
  public static final String SHADOW = "shadow";

  /** A command and the decision about it. */
  public static final String COMMAND = "command";

  /** What approvers said about a held command. */
  public static final String APPROVAL = "approval";

  /** The columns of a result and the decision about them. */
  public static final String RESULT = "result";

  /** Bytes of the protocol, as the client saw them. */
  public static final String RESPONSE = "response";

  /** A command's answer is complete. */
  public static final String COMPLETED = "completed";

  /** Somebody broke the protocol, or the gateway refused without asking policy. */
  public static final String FAULT = "fault";

  private RecordTypes() {}
}
