package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.decisionlog.DecisionLogListener.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes lines of decisions, without what must not stand in the log. Used by one thread. */
final class Formatter {
  /** An engine beside the process has decisions to make as well: the log leaves it room. */
  private static final int ASKED_TOGETHER = 16;

  /** An engine that does not answer must not end the log. */
  private static final int PATIENCE_SECONDS = 10;

  private final ObjectValue labels;
  private final long maxLine;
  private final DecisionLogListener listener;

  Formatter(ObjectValue labels, long maxLine, DecisionLogListener listener) {
    this.labels = labels;
    this.maxLine = maxLine;
    this.listener = listener;
  }

  /** The lines of all that may be logged, in the same order. */
  List<byte[]> lines(List<Handed.Decided> decisions) throws InterruptedException {
    Lot lot = new Lot();
    for (int from = 0; from < decisions.size(); from += ASKED_TOGETHER) {
      int to = Math.min(decisions.size(), from + ASKED_TOGETHER);
      for (Judged judged : decisions.subList(from, to).stream().map(this::ask).toList()) {
        lot.add(judged.event, verdict(judged.verdict));
      }
    }
    lot.report();
    return lot.lines;
  }

  private record Judged(ObjectValue event, CompletableFuture<LogVerdict> verdict) {}

  private Judged ask(Handed.Decided decided) {
    ObjectValue event = EventDocument.of(decided.event(), labels);
    CompletableFuture<LogVerdict> verdict = new CompletableFuture<>();
    try {
      decided.policy().judge(event, verdict::complete);
    } catch (RuntimeException e) {
      verdict.complete(new LogVerdict.Failed(e.toString()));
    }
    return new Judged(event, verdict);
  }

  private static LogVerdict verdict(CompletableFuture<LogVerdict> verdict)
      throws InterruptedException {
    try {
      return verdict.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return new LogVerdict.Failed("no answer within " + PATIENCE_SECONDS + " seconds");
    }
  }

  /** Lines that belong together, and what is to be said about them once. */
  private final class Lot {
    private final List<byte[]> lines = new ArrayList<>();
    private int dropped;
    private int failed;
    private int tooLarge;
    private String reason = "";

    void add(ObjectValue event, LogVerdict verdict) {
      switch (verdict) {
        case LogVerdict.Keep keep -> addFitting(SmallerEvents.masked(event, keep.masks()));
        case LogVerdict.Drop drop -> dropped++;
        case LogVerdict.Failed why -> {
          failed++;
          reason = why.reason();
          addWithoutContent(event);
        }
      }
    }

    private void addFitting(ObjectValue event) {
      byte[] line = Json.writeBytes(event);
      if (line.length <= maxLine) {
        lines.add(line);
      } else {
        tooLarge++;
        addWithoutContent(event);
      }
    }

    private void addWithoutContent(ObjectValue event) {
      lines.add(Json.writeBytes(SmallerEvents.masked(event, LogMask.everything())));
    }

    void report() {
      if (dropped > 0) {
        listener.dropped(dropped);
      }
      if (failed > 0) {
        listener.trouble(Trouble.POLICY_FAILED, failed, reason);
      }
      if (tooLarge > 0) {
        listener.trouble(Trouble.TOO_LARGE, tooLarge, "");
      }
    }
  }
}
