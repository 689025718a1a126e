package dev.blastwall.telemetry;

import dev.blastwall.command.Command;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.Session;
import dev.blastwall.protocol.Description;
import dev.blastwall.protocol.Held;
import dev.blastwall.protocol.Observation;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.protocol.SessionGate;
import dev.blastwall.protocol.Verdict;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A session that is one of those that are open, until it is closed; lives on its event loop. */
final class CountedSession implements SessionGate {

  private final SessionGate session;
  private final AtomicInteger open;
  private boolean closed;

  CountedSession(SessionGate session, AtomicInteger open) {
    this.session = session;
    this.open = open;
    open.incrementAndGet();
  }

  @Override
  public Session session() {
    return session.session();
  }

  @Override
  public void onEnding(Consumer<Refusal> then) {
    session.onEnding(then);
  }

  @Override
  public void judge(Command command, Consumer<Held> onHold, Consumer<Verdict> then) {
    session.judge(command, onHold, then);
  }

  @Override
  public void describe(
      Verdict.Forward forward, List<ResultColumn> columns, Consumer<Description> then) {
    session.describe(forward, columns, then);
  }

  @Override
  public void observe(Observation observation) {
    session.observe(observation);
  }

  @Override
  public boolean congested() {
    return session.congested();
  }

  @Override
  public void close(String why) {
    if (!closed) {
      closed = true;
      open.decrementAndGet();
    }
    session.close(why);
  }
}
