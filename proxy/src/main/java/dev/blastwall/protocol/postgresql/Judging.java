package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.Understanding;
import dev.blastwall.protocol.Held;
import dev.blastwall.protocol.Verdict;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.protocol.sql.Understood;
import dev.blastwall.protocol.sql.resolve.Resolved;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks what a text does and whether it may run; the lane stands still meanwhile. */
final class Judging {

  static final Report UNRESOLVED =
      PostgresqlReplies.failed(
          SqlState.SYSTEM_ERROR,
          "the gateway cannot read the catalog of the database, so it does not know what this"
              + " command touches",
          "Try again; if that does not help, ask who runs the gateway.");

  private static final Report CHANGED =
      PostgresqlReplies.failed(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "what the command names has changed while it waited for approval",
          "Send it again: what it does now is judged anew.");

  private final PostgresqlSession session;
  private final Conversation conversation;
  private final SqlUnderstanding understanding;
  private final SessionCatalog catalog;
  private final SessionNames names;
  private final CopyDescribing copies;
  private final Lane lane;
  private @Nullable Held held;
  private @Nullable Instant heldUntil;
  private @Nullable Approved approved;

  /**
   * An approved Parse, of which nothing has run yet.
   *
   * @param until when the approval is too old to be used
   */
  private record Approved(Judged judged, Instant until) {}

  Judging(
      PostgresqlSession session,
      Conversation conversation,
      SqlUnderstanding understanding,
      SessionCatalog catalog,
      SessionNames names,
      Lane lane) {
    this.session = session;
    this.conversation = conversation;
    this.understanding = understanding;
    this.catalog = catalog;
    this.names = names;
    this.lane = lane;
    copies = new CopyDescribing(session.gate());
  }

  /**
   * Reads a text. Where something under way may change how the server reads it, that is awaited.
   *
   * @param discard frees what waits, should the session end first
   * @param refused gets why the text cannot be read now
   */
  void understand(
      String text, Runnable discard, Consumer<Understood> then, Consumer<Report> refused) {
    if (!conversation.isInLexicalDoubt() || !LexicalState.isFragile(text)) {
      read(text, discard, then);
    } else if (conversation.becomesReady()) {
      lane.pause();
      conversation.whenReady(() -> lane.resume(discard, () -> read(text, discard, then)));
    } else {
      refused.accept(
          PostgresqlReplies.failed(
              SqlState.FEATURE_NOT_SUPPORTED,
              "a command before this one may change how its text is read",
              "Send Sync and wait for the answer before this command."));
    }
  }

  private void read(String text, Runnable discard, Consumer<Understood> then) {
    lane.pause();
    EventLoop loop = session.clientChannel().eventLoop();
    Consumer<Understood> go = understood -> lane.resume(discard, () -> then.accept(understood));
    if (conversation.lexicalState().standardStrings()) {
      understanding.understand(text, loop, go);
    } else {
      understanding.understandWithBackslashes(text, loop, go);
    }
  }

  /**
   * Asks for a verdict on a text that a Parse brings without values. What a human approved then is
   * not asked about again when the session's next command is to run just that: the same text, which
   * takes no values.
   */
  void judgeAhead(
      Understood text, Runnable discard, Consumer<Judged> forwarded, Consumer<Report> refused) {
    judge(
        text,
        "",
        List.of(),
        discard,
        judged -> {
          approved = heldUntil == null ? null : new Approved(judged, heldUntil);
          forwarded.accept(judged);
        },
        refused);
  }

  /** Another command came. */
  void forgetApproved() {
    approved = null;
  }

  /** The approval that is left for {@code batch}, if any; whichever comes next, it is used up. */
  private @Nullable Judged takeApproved(SqlBatch batch) {
    Approved left = approved;
    forgetApproved();
    return left != null
            && left.judged().batch().equals(batch)
            && Instant.now().isBefore(left.until())
        ? left.judged()
        : null;
  }

  /**
   * Asks for a verdict on a text with these values.
   *
   * @param name under which the session prepared it before, or empty
   * @param discard frees what waits, should the session end first
   */
  void judge(
      Understood text,
      String name,
      List<@Nullable String> values,
      Runnable discard,
      Consumer<Judged> forwarded,
      Consumer<Report> refused) {
    SqlBatch batch = names.complete(text, name, values);
    lane.pause();
    Consumer<Report> no = report -> lane.resume(discard, () -> refused.accept(report));
    catalog.resolve(
        batch,
        resolved -> {
          if (resolved == null) {
            approved = null;
            no.accept(UNRESOLVED);
          } else {
            judge(
                text,
                batch,
                resolved,
                judged -> lane.resume(discard, () -> forwarded.accept(judged)),
                no);
          }
        });
  }

  private void judge(
      Understood text,
      SqlBatch batch,
      Resolved resolved,
      Consumer<Judged> forwarded,
      Consumer<Report> refused) {
    SqlBatch whole = with(batch, resolved);
    Judged left = takeApproved(whole);
    if (left != null) {
      forwarded.accept(left);
      return;
    }
    boolean runsCode = resolved.runsCode() || LexicalState.mayChange(whole);
    ask(
        whole,
        verdict -> {
          switch (verdict) {
            case Verdict.Forward forward ->
                unchanged(
                    batch,
                    resolved,
                    () ->
                        copies.describe(
                            text.description(),
                            new Judged(whole, forward, null, runsCode),
                            forwarded,
                            refused),
                    refused);
            case Verdict.Refused refusal ->
                refused.accept(PostgresqlReplies.refused(refusal.refusal()));
          }
        });
  }

  /** Goes on, unless a human was waited for and names stand for something else by now. */
  private void unchanged(SqlBatch batch, Resolved judged, Runnable then, Consumer<Report> refused) {
    if (heldUntil == null) {
      then.run();
      return;
    }
    catalog.resolve(
        batch,
        resolved -> {
          if (judged.equals(resolved)) {
            then.run();
          } else {
            refused.accept(CHANGED);
          }
        });
  }

  /** The command as policy shall see it: with what stands behind the names of its text. */
  private static SqlBatch with(SqlBatch batch, Resolved resolved) {
    if (resolved.understood() && resolved.statements() == batch.statements()) {
      return batch;
    }
    Understanding understanding =
        resolved.understood() || batch.understanding() == Understanding.NONE
            ? batch.understanding()
            : Understanding.PARTIAL;
    return new SqlBatch(
        batch.dialect(),
        batch.text(),
        understanding,
        resolved.statements(),
        batch.parameters(),
        batch.maskedTokens());
  }

  /** Asks for a verdict on a command that turned out to be another than was judged. */
  void judge(SqlBatch command, Runnable discard, Consumer<Verdict> then) {
    forgetApproved();
    lane.pause();
    ask(command, verdict -> lane.resume(discard, () -> then.accept(verdict)));
  }

  private void ask(SqlBatch batch, Consumer<Verdict> then) {
    heldUntil = null;
    session
        .gate()
        .judge(
            batch,
            waits -> {
              held = waits;
              heldUntil = waits.expires();
              session.tell(PostgresqlReplies.held(waits));
            },
            verdict -> {
              held = null;
              then.accept(verdict);
            });
  }

  /** Withdraws the command that waits for a human; whether there was one. */
  boolean withdraw() {
    if (held == null) {
      return false;
    }
    held.cancel();
    return true;
  }
}
