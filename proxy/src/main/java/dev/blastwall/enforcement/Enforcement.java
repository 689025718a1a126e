package dev.blastwall.enforcement;

import dev.blastwall.approval.Approvals;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Session;
import dev.blastwall.identity.Verification;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.Policy;
import dev.blastwall.policy.Question;
import dev.blastwall.protocol.Admission;
import dev.blastwall.protocol.Gate;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.protocol.SignIn;
import dev.blastwall.recording.NodeLog;
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
  private final LiveSessions sessions;
  private final InstantSource clock;

  /** A gate over these parts; it owns none of them. */
  public Enforcement(
      Identities identities,
      Routes routes,
      Policy policy,
      Approvals approvals,
      NodeLog log,
      LiveSessions sessions,
      InstantSource clock) {
    this.identities = identities;
    this.routes = routes;
    this.policy = policy;
    this.approvals = approvals;
    this.log = log;
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public void admit(SignIn signIn, Executor loop, Consumer<Admission> then) {
    identities.verify(
        signIn.credential(),
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
    Arrival arrival = new Arrival(session, policy.of(session), route, loop, then);
    Question question = new Question.Connect();
    arrival
        .policy()
        .decide(
            arrival.decisionId(),
            question,
            LoopCallback.on(loop, decision -> decided(signIn, arrival, question, decision)));
  }

  private void decided(SignIn signIn, Arrival arrival, Question question, Decision decision) {
    switch (Entry.of(arrival.decisionId(), decision)) {
      case Entry.Open(Decision.Forward forward) -> open(signIn, arrival, question, forward);
      case Entry.Shut(Refusal refusal) -> {
        log.denied(arrival.session(), decision);
        arrival.then().accept(new Admission.Denied(refusal));
        arrival.policy().enforced(arrival.decisionId(), question, decision, log::differs);
      }
    }
  }

  private void open(SignIn signIn, Arrival arrival, Question question, Decision.Forward decision) {
    log.begin(arrival.session(), decision, arrival.loop())
        .ifPresentOrElse(
            sessionLog -> {
              SessionEnforcement admitted =
                  new SessionEnforcement(arrival, approvals, sessionLog, sessions, clock);
              arrival.then().accept(new Admission.Admitted(admitted, arrival.route().upstream()));
              admitted.begin(question, decision);
            },
            () -> deny(signIn, Refusals.cannotRecord(arrival.decisionId()), arrival.then()));
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
