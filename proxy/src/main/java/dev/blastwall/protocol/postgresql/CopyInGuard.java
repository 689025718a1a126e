package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.SqlBatch;
import dev.blastwall.masking.MaskedForm;
import dev.blastwall.protocol.Verdict;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the rows that a client sends by COPY for values that masking produced. The command was
 * judged before its rows came; with the first such value it is judged again, as one that writes
 * them.
 */
final class CopyInGuard {

  /** No masked form is longer: what is cut in two by messages is found in the second. */
  private static final int TAIL = 64;

  private final PostgresqlSession session;
  private final Conversation conversation;
  private final Judging judging;
  private @Nullable Running running;
  private String tail = "";
  private boolean settled;
  private boolean refused;

  CopyInGuard(PostgresqlSession session, Conversation conversation, Judging judging) {
    this.session = session;
    this.conversation = conversation;
    this.judging = judging;
  }

  /** Sends rows on, or asks first. */
  void rows(PostgresqlMessage message) {
    Running copying = conversation.lastRunning();
    if (copying == null) {
      // What comes behind an error is dropped by the upstream.
      session.sendUpstream(message.frames());
      return;
    }
    follow(copying);
    if (refused) {
      message.release();
    } else if (settled || !holdsMasked(message.frames())) {
      session.sendUpstream(message.frames());
    } else {
      judge(copying, message);
    }
  }

  @SuppressWarnings("ReferenceEquality") // Another COPY is another object.
  private void follow(Running copying) {
    if (running != copying) {
      running = copying;
      tail = "";
      settled = false;
      refused = false;
    }
  }

  private boolean holdsMasked(ByteBuf run) {
    boolean found = false;
    int at = run.readerIndex();
    while (at < run.writerIndex() && !found) {
      int length = run.getInt(at + 1) - PostgresqlMessage.LENGTH_FIELD;
      String rows =
          tail + run.toString(at + PostgresqlMessage.HEADER, length, StandardCharsets.ISO_8859_1);
      found = MaskedForm.appearsIn(rows) || MaskedForm.wasIssuedAmong(rows);
      tail = rows.substring(Math.max(0, rows.length() - TAIL));
      at += PostgresqlMessage.HEADER + length;
    }
    return found;
  }

  private void judge(Running copying, PostgresqlMessage message) {
    SqlBatch batch = copying.judged().batch();
    SqlBatch writing =
        new SqlBatch(
            batch.dialect(),
            batch.text(),
            batch.understanding(),
            batch.statements(),
            batch.parameters(),
            true);
    judging.judge(
        writing,
        message::release,
        verdict -> {
          switch (verdict) {
            case Verdict.Forward forward -> {
              settled = true;
              session.sendUpstream(message.frames());
            }
            case Verdict.Refused no -> {
              refused = true;
              message.release();
              copying.failWith(PostgresqlReplies.refused(no.refusal()));
              session.sendUpstream(session.encoder().copyFail("refused by policy"));
            }
          }
        });
  }

  /** Whether the rows of the COPY under way are refused, so that its end is said already. */
  boolean hasRefused() {
    return refused && conversation.lastRunning() == running;
  }
}
