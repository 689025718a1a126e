package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.decisionlog.DecisionLogListener.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes lines of decisions, without what must not stand in the log. Used by one thread. */
final class Formatter {
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

  private record Judged(ObjectValue event, CompletableFuture<LogVerdict> verdict) {}

  /**
   * The lines of all that may be logged; an engine beside the process is asked about all at once.
   */
  List<byte[]> lines(List<Handed.Decided> decisions) throws InterruptedException {
    List<Judged> asked = decisions.stream().map(this::ask).toList();
    List<byte[]> lines = new ArrayList<>(asked.size());
    for (Judged judged : asked) {
      line(judged.event, verdict(judged.verdict)).ifPresent(lines::add);
    }
    return lines;
  }

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

  private Optional<byte[]> line(ObjectValue event, LogVerdict verdict) {
    return switch (verdict) {
      case LogVerdict.Keep keep -> Optional.of(fitting(SmallerEvents.masked(event, keep.masks())));
      case LogVerdict.Drop drop -> dropped();
      case LogVerdict.Failed failed -> Optional.of(withoutContent(event, failed));
    };
  }

  private Optional<byte[]> dropped() {
    listener.dropped(1);
    return Optional.empty();
  }

  private byte[] withoutContent(ObjectValue event, LogVerdict.Failed failed) {
    listener.trouble(Trouble.POLICY_FAILED, 1, failed.reason());
    return Json.writeBytes(SmallerEvents.masked(event, LogMask.everything()));
  }

  private byte[] fitting(ObjectValue event) {
    byte[] line = Json.writeBytes(event);
    if (line.length <= maxLine) {
      return line;
    }
    listener.trouble(Trouble.TOO_LARGE, 1, "");
    return Json.writeBytes(SmallerEvents.masked(event, LogMask.everything()));
  }
}
