package dev.blastwall.protocol.postgresql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What went upstream and is not answered yet, in order, and so what the next answer means. Also the
 * two places where PostgreSQL drops what was sent: after an error up to Sync ("Extended Query"),
 * and Sync itself during COPY ("COPY Operations").
 */
final class Conversation {

  private static final byte IDLE = 'I';

  private final SessionCatalog catalog;
  private final LexicalState lexicalState = new LexicalState();
  private final Deque<Expected> expected = new ArrayDeque<>();
  private byte status = IDLE;
  private boolean failed;
  private boolean unsynced;
  private boolean copyIn;
  private boolean lexicalDoubt;
  private boolean deferredCode;
  private @Nullable Runnable whenReady;
  private @Nullable Judged lastJudged;

  Conversation(SessionCatalog catalog) {
    this.catalog = catalog;
  }

  /** Notes what was sent. While the upstream drops everything up to Sync there is no answer. */
  void sent(Expected message) {
    if (failed && !(message instanceof Expected.Sync)) {
      undo(message);
      return;
    }
    failed = false;
    unsynced = true;
    expected.add(message);
    doubt(judged(message));
    if (message instanceof Expected.Query query) {
      runs(query.running().judged());
    } else if (message instanceof Expected.Execute execute) {
      runs(execute.running().judged());
    }
  }

  /** Even a Bind may run code: the planner evaluates what looks constant. */
  private void doubt(@Nullable Judged judged) {
    if (judged != null) {
      deferredCode |= judged.runsCode();
      lexicalDoubt |=
          judged.runsCode() || deferredCode && LexicalState.mayEndTransaction(judged.batch());
    }
  }

  private void runs(Judged judged) {
    lastJudged = judged;
    catalog.runs(judged.batch());
  }

  /** The command that was sent last, or null before the first. */
  @Nullable Judged lastJudged() {
    return lastJudged;
  }

  /** The answer of the command that was sent last and is not answered yet, or null. */
  @Nullable Running lastRunning() {
    for (Iterator<Expected> last = expected.descendingIterator(); last.hasNext(); ) {
      Expected next = last.next();
      if (next instanceof Expected.Query(Running running)) {
        return running;
      }
      if (next instanceof Expected.Execute(Running running)) {
        return running;
      }
    }
    return null;
  }

  /** How the server reads text, as far as its answers tell. */
  LexicalState lexicalState() {
    return lexicalState;
  }

  /** Whether something under way may change how the text behind it is read. */
  boolean isInLexicalDoubt() {
    return lexicalDoubt;
  }

  /** Whether a ReadyForQuery comes without the client having to say Sync first. */
  boolean becomesReady() {
    return switch (lastAnswered()) {
      case Expected.Query query -> true;
      case Expected.Sync sync -> true;
      case Expected.Poison poison -> poison.simple();
      case Expected.Acknowledgement acknowledgement -> false;
      case Expected.DescribeStatement describe -> false;
      case Expected.DescribeCursor describe -> false;
      case Expected.DescribePortal describe -> false;
      case Expected.Execute execute -> false;
      case Expected.CopyEnd end -> false;
      case null -> false;
    };
  }

  /** The last one that has an answer, or null. */
  private @Nullable Expected lastAnswered() {
    Iterator<Expected> last = expected.descendingIterator();
    Expected message = null;
    do {
      message = last.hasNext() ? last.next() : null;
    } while (message instanceof Expected.CopyEnd);
    return message;
  }

  /** Does {@code then} once everything is answered, or the session is over. */
  void whenReady(Runnable then) {
    whenReady = then;
  }

  /** The session is over. */
  void abandon() {
    Runnable then = whenReady;
    whenReady = null;
    if (then != null) {
      then.run();
    }
  }

  /** Whether the upstream drops everything up to Sync. */
  boolean isFailed() {
    return failed;
  }

  /** What the next answer is for, or null when nothing was asked. */
  @Nullable Expected next() {
    while (expected.peek() instanceof Expected.CopyEnd) {
      expected.remove();
    }
    return expected.peek();
  }

  /** The command that the next answer is for, or null when it is for none. */
  @Nullable Judged nextJudged() {
    return judged(next());
  }

  private static @Nullable Judged judged(@Nullable Expected message) {
    return switch (message) {
      case Expected.Query query -> query.running().judged();
      case Expected.Execute execute -> execute.running().judged();
      case Expected.DescribePortal portal -> portal.running().judged();
      case Expected.Acknowledgement acknowledgement -> acknowledgement.judged();
      case Expected.DescribeStatement describe -> null;
      case Expected.DescribeCursor describe -> null;
      case Expected.Sync sync -> null;
      case Expected.Poison poison -> null;
      case Expected.CopyEnd end -> null;
      case null -> null;
    };
  }

  /** The next one is answered, and with it the end of the rows that it read. */
  void answered() {
    expected.remove();
    Expected unused = next();
  }

  /** The next one failed: nothing up to Sync is done. */
  void fail() {
    copyIn = false;
    Deque<Expected> undone = new ArrayDeque<>();
    while (!expected.isEmpty() && !(expected.peek() instanceof Expected.Sync)) {
      undone.push(expected.remove());
    }
    undone.forEach(Conversation::undo);
    failed = expected.isEmpty();
  }

  private static void undo(Expected message) {
    if (message instanceof Expected.Acknowledgement acknowledgement) {
      acknowledgement.undo().run();
    }
  }

  /** CopyInResponse came: the upstream ignores every Sync before CopyDone or CopyFail. */
  void copyInStarted() {
    copyIn = true;
    Iterator<Expected> behind = expected.iterator();
    behind.next();
    while (copyIn && behind.hasNext()) {
      switch (behind.next()) {
        case Expected.CopyEnd end -> copyIn = false;
        case Expected.Sync sync -> behind.remove();
        case Expected.Query query -> throw outOfPlace();
        case Expected.Acknowledgement acknowledgement -> throw outOfPlace();
        case Expected.DescribeStatement describe -> throw outOfPlace();
        case Expected.DescribeCursor describe -> throw outOfPlace();
        case Expected.DescribePortal describe -> throw outOfPlace();
        case Expected.Execute execute -> throw outOfPlace();
        case Expected.Poison poison -> throw outOfPlace();
      }
    }
  }

  private static ProtocolViolation outOfPlace() {
    return ProtocolViolation.malformed("a command was sent in the middle of COPY");
  }

  /** No command may follow before the rows are through. */
  void refuseInCopy() {
    if (copyIn) {
      throw outOfPlace();
    }
  }

  /** Whether the upstream waits for rows of the client. */
  boolean isCopyIn() {
    return copyIn;
  }

  /** The client sent its last row, or the COPY failed. */
  void copyInEnded() {
    copyIn = false;
  }

  /** ReadyForQuery is on its way to the client: goes on with what waited for it. */
  void readyShown() {
    if (expected.isEmpty()) {
      abandon();
    }
  }

  /** ReadyForQuery came. */
  void ready(byte transactionStatus) {
    status = transactionStatus;
    unsynced = !expected.isEmpty();
    if (expected.isEmpty()) {
      lexicalDoubt = false;
      deferredCode &= transactionStatus != IDLE;
    }
    copyIn = false;
  }

  /** Whether nothing is under way and no transaction is open, not even one that Sync would end. */
  boolean isIdle() {
    return expected.isEmpty() && !unsynced && status == IDLE;
  }

  boolean isEmpty() {
    return expected.isEmpty();
  }

  /** Whether a command of the client runs upstream, so that a cancel has something to hit. */
  boolean isRunning() {
    return commands().findFirst().isPresent();
  }

  /** Whether no other command runs or waits upstream. */
  boolean hasOneCommand() {
    return commands().count() == 1;
  }

  /** Whether {@code command} is not answered yet. */
  @SuppressWarnings("ReferenceEquality") // The same portal may be asked for twice.
  boolean holds(Expected command) {
    return commands().anyMatch(next -> next == command);
  }

  /** Whether {@code command} is the one that is answered next. */
  @SuppressWarnings("ReferenceEquality")
  boolean isNextCommand(Expected command) {
    return commands().findFirst().filter(next -> next == command).isPresent();
  }

  private Stream<Expected> commands() {
    return expected.stream()
        .filter(next -> next instanceof Expected.Query || next instanceof Expected.Execute);
  }
}
