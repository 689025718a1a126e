package dev.blastwall.protocol;

/** The answer to a {@link SignIn}. */
public sealed interface Admission {

  /**
   * Come in.
   *
   * @param session the session's own gate
   * @param upstream where it leads and how the gateway signs in there
   */
  record Admitted(SessionGate session, Upstream upstream) implements Admission {}

  /**
   * Stay out.
   *
   * @param refusal what to tell the client
   */
  record Denied(Refusal refusal) implements Admission {}
}
