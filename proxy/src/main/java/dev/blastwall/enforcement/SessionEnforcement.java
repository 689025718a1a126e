package dev.blastwall.enforcement;

import dev.blastwall.approval.Approvals;
import dev.blastwall.approval.HeldCommand;
import dev.blastwall.approval.Outcome;
import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.CommandDigests;
import dev.blastwall.command.Limits;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.Session;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.Difference;
import dev.blastwall.policy.Question;
import dev.blastwall.policy.SessionPolicy;
import dev.blastwall.protocol.Description;
import dev.blastwall.protocol.Held;
import dev.blastwall.protocol.Observation;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.protocol.SessionGate;
import dev.blastwall.protocol.Verdict;
import dev.blastwall.recording.NodeLog;
import dev.blastwall.recording.SessionLog;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Judges the commands of one session; lives on its event loop. */
final class SessionEnforcement implements SessionGate {

  private final Session session;
  private final SessionPolicy policy;
  private final Approvals approvals;
  private final SessionLog log;
  private final Executor loop;
  private final InstantSource clock;

  /** Where what a shadow says is brought; it never comes at once. */
  private final Consumer<Difference> differences;

  private final SessionLife life;

  /** The hold of each decision that waits. */
  private final Map<String, String> holds = new HashMap<>();

  private final CommandDigests digests;
  private int commands;
  private @Nullable Command digested;
  private CommandDigest digest = new CommandDigest("");

  /** A session that {@link #begin begins} when the protocol knows of it. */
  SessionEnforcement(
      Arrival arrival,
      Approvals approvals,
      SessionLog log,
      LiveSessions live,
      InstantSource clock) {
    this.session = arrival.session();
    this.digests = new CommandDigests(session);
    this.policy = arrival.policy();
    this.loop = arrival.loop();
    this.approvals = approvals;
    this.log = log;
    this.clock = clock;
    this.differences = difference -> loop.execute(() -> log.differs(difference));
    this.life = new SessionLife(arrival, log, differences, live);
  }

  void begin(Question question, Decision.Forward decision) {
    policy.enforced(NodeLog.connectDecisionId(session), question, decision, differences);
    life.begin();
  }

  @Override
  public void onEnding(Consumer<Refusal> then) {
    life.onEnding(then);
  }

  @Override
  public Session session() {
    return session;
  }

  @Override
  public void judge(Command command, Consumer<Held> onHold, Consumer<Verdict> then) {
    String decisionId = log.nextDecisionId();
    if (isOver()) {
      then.accept(new Verdict.Refused(over(decisionId)));
      return;
    }
    Asked asked = new Asked(decisionId, command, digest(command), System.nanoTime(), onHold, then);
    Question question = new Question.Judge(commands++, command, asked.digest());
    policy.decide(
        decisionId,
        question,
        LoopCallback.on(
            loop,
            decision -> {
              enforce(asked, decision);
              policy.enforced(decisionId, question, decision, differences);
            }));
  }

  /** The verdict and the result of a command ask about the same object. */
  @SuppressWarnings("ReferenceEquality")
  private CommandDigest digest(Command command) {
    if (command != digested) {
      digested = command;
      digest = digests.of(command);
    }
    return digest;
  }

  /** The one switch between a decision and what happens. */
  private void enforce(Asked asked, Decision decision) {
    switch (decision) {
      case Decision.Forward forward -> forward(asked, forward);
      case Decision.Hold hold -> hold(asked, hold);
      case Decision.Refuse refuse -> {
        log.judged(asked.decisionId(), asked.command(), asked.digest(), refuse, asked.since());
        asked.refuse(Refusals.of(asked.decisionId(), refuse));
      }
    }
  }

  private void forward(Asked asked, Decision.Forward decision) {
    if (decision.recordFirst()) {
      log.judgedDurably(
          asked.decisionId(),
          asked.command(),
          asked.digest(),
          decision,
          asked.since(),
          LoopCallback.on(loop, durable -> forwardIf(durable, asked, decision.limits())));
    } else {
      forwardIf(
          log.judged(asked.decisionId(), asked.command(), asked.digest(), decision, asked.since()),
          asked,
          decision.limits());
    }
  }

  private void forwardIf(boolean recorded, Asked asked, Limits limits) {
    if (!recorded) {
      asked.refuse(Refusals.unavailable(asked.decisionId(), "The command could not be recorded."));
    } else if (isOver()) {
      asked.refuse(over(asked.decisionId()));
    } else {
      asked.then().accept(new Verdict.Forward(asked.decisionId(), asked.command(), limits));
    }
  }

  private void hold(Asked asked, Decision.Hold decision) {
    log.judged(asked.decisionId(), asked.command(), asked.digest(), decision, asked.since());
    HeldCommand held =
        approvals.hold(
            session,
            asked.command(),
            asked.digest(),
            decision,
            LoopCallback.on(loop, outcome -> answered(asked, decision, outcome)));
    holds.put(asked.decisionId(), held.id());
    asked.onHold().accept(new WaitingCommand(held, approvals));
  }

  private void answered(Asked asked, Decision.Hold decision, Outcome outcome) {
    holds.remove(asked.decisionId());
    log.answered(
        asked.decisionId(),
        outcome,
        LoopCallback.on(loop, durable -> release(durable, asked, decision, outcome)));
  }

  private void release(boolean recorded, Asked asked, Decision.Hold decision, Outcome outcome) {
    switch (outcome) {
      case Outcome.Approved approved -> forwardIf(recorded, asked, decision.limits());
      case Outcome.Denied denied -> refuse(asked, denied);
      case Outcome.Expired expired -> refuse(asked, expired);
      case Outcome.Withdrawn withdrawn -> refuse(asked, withdrawn);
    }
  }

  private static void refuse(Asked asked, Outcome outcome) {
    asked.refuse(Refusals.notApproved(asked.decisionId(), outcome));
  }

  @Override
  public void describe(
      Verdict.Forward forward, List<ResultColumn> columns, Consumer<Description> then) {
    String decisionId = log.nextDecisionId();
    Command command = forward.command();
    Question question = new Question.Describe(commands, command, digest(command), columns);
    policy.decide(
        decisionId,
        question,
        LoopCallback.on(
            loop,
            decision -> {
              boolean recorded = log.described(decisionId, forward.decisionId(), columns, decision);
              then.accept(recorded ? description(decisionId, decision) : unrecorded(decisionId));
              policy.enforced(decisionId, question, decision, differences);
            }));
  }

  private static Description unrecorded(String decisionId) {
    return new Description.Withheld(
        Refusals.unavailable(decisionId, "The result could not be recorded."));
  }

  private static Description description(String decisionId, Decision decision) {
    return switch (decision) {
      case Decision.Forward forward when !forward.limits().equals(Limits.NONE) ->
          new Description.Withheld(Refusals.cannotLimit(decisionId));
      case Decision.Forward forward -> new Description.Shown(forward.masks());
      case Decision.Hold hold -> new Description.Withheld(Refusals.cannotWait(decisionId, hold));
      case Decision.Refuse refuse -> new Description.Withheld(Refusals.of(decisionId, refuse));
    };
  }

  @Override
  public void observe(Observation observation) {
    switch (observation) {
      case Observation.Response response -> log.response(response.bytes());
      case Observation.Completed completed ->
          log.completed(completed.decisionId(), completed.outcome(), completed.rows());
      case Observation.Fault fault -> log.fault(fault.what());
    }
  }

  @Override
  public boolean congested() {
    return log.congested();
  }

  @Override
  public void close(String why) {
    life.close();
    List.copyOf(holds.values()).forEach(approvals::withdraw);
    log.close(why);
  }

  private Refusal over(String decisionId) {
    return life.ending().orElseGet(() -> Refusals.sessionEnded(decisionId));
  }

  private boolean isOver() {
    return life.ending().isPresent() || !clock.instant().isBefore(session.expires());
  }
}
