package dev.blastwall.enforcement;

import dev.blastwall.approval.Approvals;
import dev.blastwall.command.Limits;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Session;
import dev.blastwall.identity.Verification;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.Policy;
import dev.blastwall.policy.Question;
import dev.blastwall.policy.SessionPolicy;
import dev.blastwall.protocol.Admission;
import dev.blastwall.protocol.Gate;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.protocol.SignIn;
import dev.blastwall.recording.NodeLog;
import dev.blastwall.recording.SessionLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Lets clients in: identity, then the connection, then policy. */
public final class Enforcement implements Gate {

  private final Identities identities;
  private final Routes routes;
  private final Policy policy;
  private final Approvals approvals;
  private final NodeLog log;
  private final InstantSource clock;

  /** A gate over these parts; it owns none of them. */
  public Enforcement(
      Identities identities,
      Routes routes,
      Policy policy,
      Approvals approvals,
      NodeLog log,
      InstantSource clock) {
    this.identities = identities;
    this.routes = routes;
    this.policy = policy;
    this.approvals = approvals;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void admit(SignIn signIn, Executor loop, Consumer<Admission> then) {
    identities.verify(
        signIn.token().value(),
        loop,
        verification -> {
          switch (verification) {
            case Verification.Rejected rejected -> reject(signIn, rejected, then);
            case Verification.Identified identified -> route(signIn, identified, loop, then);
          }
        });
  }

  private void reject(SignIn signIn, Verification.Rejected rejected, Consumer<Admission> then) {
    deny(
        signIn,
        new Refusal(Refusal.Kind.SIGN_IN, log.nextId(), rejected.message(), rejected.advice()),
        then);
  }

  private void route(
      SignIn signIn, Verification.Identified identified, Executor loop, Consumer<Admission> then) {
    routes
        .find(signIn.protocol(), signIn.connection(), signIn.database())
        .ifPresentOrElse(
            route -> connect(signIn, identified, route, loop, then),
            () -> deny(signIn, Refusals.unknownConnection(log.nextId(), signIn), then));
  }

  private void connect(
      SignIn signIn,
      Verification.Identified identified,
      Routes.Route route,
      Executor loop,
      Consumer<Admission> then) {
    Session session = session(signIn, identified, route);
    SessionPolicy asked = policy.of(session);
    asked.decide(
        NodeLog.connectDecisionId(session),
        new Question.Connect(),
        LoopCallback.on(
            loop, decision -> decided(signIn, session, asked, route, decision, loop, then)));
  }

  private void decided(
      SignIn signIn,
      Session session,
      SessionPolicy asked,
      Routes.Route route,
      Decision decision,
      Executor loop,
      Consumer<Admission> then) {
    String id = NodeLog.connectDecisionId(session);
    switch (decision) {
      case Decision.Forward forward when !forward.limits().equals(Limits.NONE) ->
          deny(session, forward, Refusals.cannotLimit(id), then);
      case Decision.Forward forward -> open(signIn, session, asked, route, forward, loop, then);
      case Decision.Hold hold -> deny(session, hold, Refusals.connectCannotWait(id, hold), then);
      case Decision.Refuse refuse -> deny(session, refuse, Refusals.of(id, refuse), then);
    }
  }

  private void open(
      SignIn signIn,
      Session session,
      SessionPolicy asked,
      Routes.Route route,
      Decision.Forward decision,
      Executor loop,
      Consumer<Admission> then) {
    log.begin(session, decision, loop)
        .ifPresentOrElse(
            sessionLog -> then.accept(admitted(session, asked, route, sessionLog, loop)),
            () -> deny(signIn, Refusals.cannotRecord(NodeLog.connectDecisionId(session)), then));
  }

  private Admission admitted(
      Session session,
      SessionPolicy asked,
      Routes.Route route,
      SessionLog sessionLog,
      Executor loop) {
    return new Admission.Admitted(
        new SessionEnforcement(session, asked, approvals, sessionLog, loop, clock),
        route.upstream());
  }

  private void deny(Session session, Decision decision, Refusal refusal, Consumer<Admission> then) {
    log.denied(session, decision);
    then.accept(new Admission.Denied(refusal));
  }

  private void deny(SignIn signIn, Refusal refusal, Consumer<Admission> then) {
    log.denied(
        refusal.decisionId(),
        signIn.protocol(),
        signIn.connection(),
        signIn.client(),
        refusal.kind().name(),
        refusal.reason());
    then.accept(new Admission.Denied(refusal));
  }

  private Session session(SignIn signIn, Verification.Identified identified, Routes.Route route) {
    Principal principal = identified.principal();
    Instant now = clock.instant();
    return new Session(
        log.nextId(), principal, route.connection(), signIn.client(), now, identified.expires());
  }
}
