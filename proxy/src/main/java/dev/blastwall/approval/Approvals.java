package dev.blastwall.approval;

import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Session;
import dev.blastwall.policy.Decision;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All commands that wait on this node. A hold lives as long as its client's connection, so it lives
 * in memory. Thread-safe: sessions hold on their event loops, approvers answer on virtual threads.
 */
public final class Approvals {

  /**
   * Typed by hand, so short; 40 bits, and guessing one gives nothing without an approver's token.
   */
  private static final int ID_BYTES = 5;

  private final Map<String, Hold> holds = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final ScheduledExecutorService timer;
  private final InstantSource clock;

  /**
   * No holds yet.
   *
   * @param timer ends holds that nobody answers; its thread runs their {@code then}
   * @param clock tells when a hold began and ends
   */
  public Approvals(ScheduledExecutorService timer, InstantSource clock) {
    this.timer = timer;
    this.clock = clock;
  }

  /**
   * Holds a command.
   *
   * @param then gets the outcome exactly once, on the thread that brought it about
   */
  public HeldCommand hold(
      Session session,
      Command command,
      CommandDigest digest,
      Decision.Hold decision,
      Consumer<Outcome> then) {
    Instant now = clock.instant();
    HeldCommand held =
        new HeldCommand(
            newId(), session, command, digest, decision, now, now.plus(decision.timeout()));
    Hold hold = new Hold(held, then);
    holds.put(held.id(), hold);
    hold.expireBy(
        timer.schedule(
            () -> end(hold, new Outcome.Expired()),
            decision.timeout().toMillis(),
            TimeUnit.MILLISECONDS));
    return held;
  }

  /** The one who asked gives up; nothing happens when the hold has ended already. */
  public void withdraw(String id) {
    Optional.ofNullable(holds.get(id)).ifPresent(hold -> end(hold, new Outcome.Withdrawn()));
  }

  /** How many commands wait at this moment. */
  public int pending() {
    return holds.size();
  }

  /** What {@code approver} may answer, the oldest first. */
  public List<HeldCommand> answerableBy(Principal approver) {
    return holds.values().stream()
        .map(Hold::command)
        .filter(held -> Approver.objection(approver, held).isEmpty())
        .sorted(Comparator.comparing(HeldCommand::since))
        .toList();
  }

  /**
   * One approver says yes.
   *
   * @param digest the digest of the command that the approver saw
   * @return how many more must say yes
   * @throws ApprovalException when this word does not count
   */
  public int approve(String id, CommandDigest digest, Principal approver) throws ApprovalException {
    Hold hold = answerable(id, digest, approver);
    List<String> yes = hold.approvedBy(approver);
    int missing = Math.max(0, hold.command().decision().quorum() - yes.size());
    if (missing == 0 && !end(hold, new Outcome.Approved(yes))) {
      throw unknown(id);
    }
    return missing;
  }

  /**
   * One approver says no, which ends the hold.
   *
   * @param digest the digest of the command that the approver saw
   * @param reason for the one who asked; may be empty
   * @throws ApprovalException when this word does not count
   */
  public void deny(String id, CommandDigest digest, Principal approver, String reason)
      throws ApprovalException {
    if (!end(answerable(id, digest, approver), new Outcome.Denied(approver.subject(), reason))) {
      throw unknown(id);
    }
  }

  private Hold answerable(String id, CommandDigest digest, Principal approver)
      throws ApprovalException {
    Hold hold = holds.get(id);
    if (hold == null || !clock.instant().isBefore(hold.command().expires())) {
      throw unknown(id);
    }
    if (!hold.command().digest().equals(digest)) {
      throw new ApprovalException(
          ApprovalException.Why.OTHER_COMMAND,
          "Hold " + id + " is for another command. List the approvals again and look at it.");
    }
    Optional<String> objection = Approver.objection(approver, hold.command());
    if (objection.isPresent()) {
      throw new ApprovalException(ApprovalException.Why.NOT_ALLOWED, objection.get());
    }
    return hold;
  }

  /** Whether it was this call that ended the hold. */
  private boolean end(Hold hold, Outcome outcome) {
    if (!holds.remove(hold.command().id(), hold)) {
      return false;
    }
    hold.end(outcome);
    return true;
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private static ApprovalException unknown(String id) {
    return new ApprovalException(
        ApprovalException.Why.UNKNOWN,
        "No command waits under " + id + ": it was answered, was withdrawn, or expired.");
  }
}
