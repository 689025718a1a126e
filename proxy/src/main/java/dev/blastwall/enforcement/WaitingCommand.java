package dev.blastwall.enforcement;

import dev.blastwall.approval.Approvals;
import dev.blastwall.approval.HeldCommand;
import dev.blastwall.protocol.Held;
import java.time.Instant;
import java.util.List;

/** What a protocol may know of a held command, and do about it. */
record WaitingCommand(HeldCommand held, Approvals approvals) implements Held {

  @Override
  public String id() {
    return held.id();
  }

  @Override
  public Instant expires() {
    return held.expires();
  }

  @Override
  public List<String> approvers() {
    return held.decision().approvers();
  }

  @Override
  public String reason() {
    return held.decision().explanation();
  }

  @Override
  public void cancel() {
    approvals.withdraw(held.id());
  }
}
