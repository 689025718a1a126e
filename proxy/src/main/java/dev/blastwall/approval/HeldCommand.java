package dev.blastwall.approval;

import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.Session;
import dev.blastwall.policy.Decision;
import java.time.Instant;

/**
 * A command that waits, as an approver sees it.
 *
 * @param id names the hold
 * @param session who asked, and of what
 * @param command what was asked
 * @param digest binds an approval to exactly this command
 * @param decision why it is held and who may approve
 * @param since when it was asked
 * @param expires when the hold ends in a refusal
 */
public record HeldCommand(
    String id,
    Session session,
    Command command,
    CommandDigest digest,
    Decision.Hold decision,
    Instant since,
    Instant expires) {}
