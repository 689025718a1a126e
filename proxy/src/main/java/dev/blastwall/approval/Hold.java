package dev.blastwall.approval;

import dev.blastwall.command.Principal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A held command with the approvals it has so far. */
final class Hold {

  private final HeldCommand command;
  private final Consumer<Outcome> then;
  private final Set<String> approvals = new LinkedHashSet<>();
  private @Nullable Future<?> expiry;

  Hold(HeldCommand command, Consumer<Outcome> then) {
    this.command = command;
    this.then = then;
  }

  HeldCommand command() {
    return command;
  }

  synchronized void expireBy(Future<?> timer) {
    expiry = timer;
  }

  /** Counts the approver once, however often they say yes; everybody who said yes so far. */
  synchronized List<String> approvedBy(Principal approver) {
    approvals.add(approver.subject());
    return List.copyOf(approvals);
  }

  /** Called once: whoever removed the hold from the register calls it. */
  void end(Outcome outcome) {
    synchronized (this) {
      if (expiry != null) {
        expiry.cancel(false);
      }
    }
    then.accept(outcome);
  }
}
