package dev.blastwall.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.approval.Approvals;
import dev.blastwall.approval.HeldCommand;
import dev.blastwall.command.Client;
import dev.blastwall.command.CommandDigests;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Limits;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Unclassified;
import dev.blastwall.identity.Verification;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.Difference;
import dev.blastwall.policy.Question;
import dev.blastwall.policy.SessionPolicy;
import dev.blastwall.protocol.Admission;
import dev.blastwall.protocol.Credential;
import dev.blastwall.protocol.Description;
import dev.blastwall.protocol.Held;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.SessionGate;
import dev.blastwall.protocol.SignIn;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.protocol.Verdict;
import dev.blastwall.recorder.Recorder;
import dev.blastwall.recorder.RecorderOptions;
import dev.blastwall.recorder.SessionReader;
import dev.blastwall.recorder.SessionSummary;
import dev.blastwall.recorder.SigningKey;
import dev.blastwall.recording.NodeLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnforcementTest {

  private static final Principal ALICE = person("alice", "engineers");
  private static final Principal DORA = person("dora", "approvers");
  private static final Unclassified COMMAND = new Unclassified("test", "do it");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant EXPIRY = START.plusSeconds(3600);
  private static final Decision FORWARD =
      new Decision.Forward(List.of(reason("fine")), "r1", MaskPlan.NONE, false, Limits.NONE);
  private static final Decision FORWARD_RECORDED =
      new Decision.Forward(List.of(reason("fine")), "r1", MaskPlan.NONE, true, Limits.NONE);
  private static final Decision REFUSE =
      new Decision.Refuse(List.of(reason("not so")), "r1", false);
  private static final Decision HOLD =
      new Decision.Hold(
          List.of(reason("ask")),
          "r1",
          List.of("group:approvers"),
          1,
          Duration.ofMinutes(1),
          Limits.NONE);

  @TempDir private Path folder;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Approvals approvals = new Approvals(timer, Instant::now);

  /** The event loop of the test: tasks that another thread brings wait until the test runs them. */
  private final BlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();

  /** What policy was asked. */
  private final List<Question> asked = new ArrayList<>();

  private Instant now = START;
  private Verification verification = new Verification.Identified(ALICE, EXPIRY);
  private Decision connect = FORWARD;
  private Decision command = FORWARD;
  private Decision result = FORWARD;
  private Recorder recorder;
  private Enforcement enforcement;
  private final LiveSessions sessions = new LiveSessions();
  private final Changing policy = new Changing();

  /** A policy that may change, and whose shadow tells what the test leaves for it. */
  private final class Changing implements SessionPolicy {
    private final List<Question> shadowed = new ArrayList<>();
    private boolean changed;
    private Consumer<Difference> shadow = difference -> {};

    @Override
    public void decide(String decisionId, Question question, Consumer<Decision> then) {
      changed &= !(question instanceof Question.Connect);
      EnforcementTest.this.decide(decisionId, question, then);
    }

    @Override
    public boolean isOutdated() {
      return changed;
    }

    @Override
    public void enforced(
        String decisionId, Question question, Decision decision, Consumer<Difference> then) {
      shadowed.add(question);
      shadow = then;
    }
  }

  @BeforeEach
  void open() throws IOException {
    recorder =
        Recorder.open(
            folder.resolve("recordings"),
            SigningKey.loadOrCreate(folder.resolve("keys")),
            RecorderOptions.defaults());
    enforcement =
        new Enforcement(
            (token, executor, then) -> then.accept(verification),
            new Routes(Map.of("shop", route())),
            session -> policy,
            approvals,
            new NodeLog(recorder),
            sessions,
            () -> now);
  }

  @AfterEach
  void close() throws IOException {
    timer.shutdownNow();
    recorder.close();
  }

  @Test
  void aProvedPrincipalThatPolicyAllowsComesIn() {
    SessionGate gate = admitted();

    assertThat(gate.session().principal()).isEqualTo(ALICE);
    assertThat(gate.session().connection().database()).isEqualTo("shop");
  }

  @Test
  void anotherDatabaseIsPartOfTheConnectionThatPolicySees() {
    Admission.Admitted admitted =
        (Admission.Admitted) admit(new SignIn("test", "shop", "other", token(), client()));

    assertThat(admitted.session().session().connection().database()).isEqualTo("other");
    assertThat(admitted.upstream().database()).isEqualTo("other");
  }

  @Test
  void aTokenThatProvesNothingGetsNoSession() {
    verification =
        new Verification.Rejected(Verification.Reason.EXPIRED, "Too late.", "Get another.");

    assertThat(denied(admit(signIn("shop"))).kind()).isEqualTo(Refusal.Kind.SIGN_IN);
  }

  @Test
  void anUnknownConnectionGetsNoSession() {
    assertThat(denied(admit(signIn("nowhere"))).kind()).isEqualTo(Refusal.Kind.UNKNOWN_CONNECTION);
    assertThat(denied(admit(new SignIn("other", "shop", null, token(), client()))).kind())
        .isEqualTo(Refusal.Kind.UNKNOWN_CONNECTION);
  }

  @Test
  void policyMayRefuseASessionAndCannotHoldOne() {
    connect = REFUSE;
    assertThat(denied(admit(signIn("shop"))).reason()).isEqualTo("not so");

    connect = HOLD;
    assertThat(denied(admit(signIn("shop"))).kind()).isEqualTo(Refusal.Kind.POLICY);
  }

  @Test
  void aForwardedCommandIsTheOneThatWasJudged() {
    assertThat(judge(admitted()))
        .isInstanceOfSatisfying(
            Verdict.Forward.class, f -> assertThat(f.command()).isSameAs(COMMAND));
  }

  @Test
  void aRefusedCommandSaysWhy() {
    command = REFUSE;

    assertThat(refused(judge(admitted())).reason()).isEqualTo("not so");
  }

  @Test
  void aPolicyThatFailsRefuses() {
    command = new Decision.Refuse(List.of(reason("no answer")), "r1", true);

    assertThat(refused(judge(admitted())).kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
  }

  @Test
  void aRequiredRecordIsOnDiskBeforeTheVerdict() throws InterruptedException {
    command = FORWARD_RECORDED;
    Answer<Verdict> verdict = new Answer<>();

    admitted().judge(COMMAND, held -> {}, verdict);
    assertThat(verdict.value).isNull();
    runLoop();

    assertThat(verdict.value).isInstanceOf(Verdict.Forward.class);
  }

  @Test
  void withoutARecordNothingIsForwarded() throws IOException {
    SessionGate gate = admitted();
    recorder.close();

    assertThat(refused(judge(gate)).kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
  }

  @Test
  void withoutADurableRecordNothingIsForwarded() throws IOException, InterruptedException {
    SessionGate gate = admitted();
    recorder.close();
    command = FORWARD_RECORDED;
    Answer<Verdict> verdict = new Answer<>();

    gate.judge(COMMAND, held -> {}, verdict);
    if (verdict.value == null) {
      runLoop();
    }

    assertThat(refused(verdict.value).kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
  }

  @Test
  void anExpiredTokenEndsWhatTheSessionMayDo() {
    SessionGate gate = admitted();
    now = EXPIRY;

    assertThat(refused(judge(gate)).kind()).isEqualTo(Refusal.Kind.SESSION_ENDED);
  }

  @Test
  void aHeldCommandGoesOnWhenApproved() throws Exception {
    command = HOLD;
    Answer<Held> held = new Answer<>();
    Answer<Verdict> verdict = new Answer<>();

    admitted().judge(COMMAND, held, verdict);
    assertThat(verdict.value).isNull();
    HeldCommand waiting = approvals.answerableBy(DORA).getFirst();
    assertThat(held.value.id()).isEqualTo(waiting.id());
    approvals.approve(waiting.id(), waiting.digest(), DORA);
    runLoop();

    assertThat(verdict.value).isInstanceOf(Verdict.Forward.class);
  }

  @Test
  void aDeniedCommandIsRefusedInTheApproversWords() throws Exception {
    command = HOLD;
    Answer<Verdict> verdict = new Answer<>();

    admitted().judge(COMMAND, held -> {}, verdict);
    HeldCommand waiting = approvals.answerableBy(DORA).getFirst();
    approvals.deny(waiting.id(), waiting.digest(), DORA, "not today");
    runLoop();

    assertThat(refused(verdict.value).reason()).contains("dora").contains("not today");
  }

  @Test
  void anApprovalAfterTheTokenExpiredComesTooLate() throws Exception {
    command = HOLD;
    Answer<Verdict> verdict = new Answer<>();
    admitted().judge(COMMAND, held -> {}, verdict);
    HeldCommand waiting = approvals.answerableBy(DORA).getFirst();

    now = EXPIRY;
    approvals.approve(waiting.id(), waiting.digest(), DORA);
    runLoop();

    assertThat(refused(verdict.value).kind()).isEqualTo(Refusal.Kind.SESSION_ENDED);
  }

  @Test
  void aHoldThatNobodyAnswersIsATimeOutAndNoDenial() throws InterruptedException {
    command =
        new Decision.Hold(
            List.of(reason("ask")),
            "r1",
            List.of("group:approvers"),
            1,
            Duration.ofMillis(1),
            Limits.NONE);
    Answer<Verdict> verdict = new Answer<>();

    admitted().judge(COMMAND, held -> {}, verdict);
    runLoop();
    if (verdict.value == null) {
      runLoop();
    }

    assertThat(refused(verdict.value).kind()).isEqualTo(Refusal.Kind.APPROVAL_EXPIRED);
  }

  @Test
  void aCommandIsForwardedWithItsLimits() {
    command = limited();

    assertThat(((Verdict.Forward) judge(admitted())).limits().rows()).isEqualTo(5);
  }

  @Test
  void limitsThatWouldNotCountRefuse() {
    connect = limited();
    assertThat(denied(admit(signIn("shop"))).reason()).contains("limits");

    connect = FORWARD;
    result = limited();
    SessionGate gate = admitted();
    Answer<Description> shown = new Answer<>();
    gate.describe((Verdict.Forward) judge(gate), List.of(), shown);
    assertThat(shown.value).isInstanceOf(Description.Withheld.class);
  }

  private static Decision limited() {
    return new Decision.Forward(
        List.of(reason("fine")),
        "r1",
        MaskPlan.NONE,
        false,
        new Limits(5, Long.MAX_VALUE, Duration.ofHours(1)));
  }

  @Test
  void aCancelledHoldIsGone() throws InterruptedException {
    command = HOLD;
    Answer<Held> held = new Answer<>();
    Answer<Verdict> verdict = new Answer<>();

    admitted().judge(COMMAND, held, verdict);
    held.value.cancel();
    runLoop();

    assertThat(refused(verdict.value).kind()).isEqualTo(Refusal.Kind.CANCELLED);
    assertThat(approvals.answerableBy(DORA)).isEmpty();
  }

  @Test
  void theEndOfASessionWithdrawsItsHolds() {
    command = HOLD;
    SessionGate gate = admitted();
    gate.judge(COMMAND, held -> {}, verdict -> {});

    gate.close("hung up");

    assertThat(approvals.answerableBy(DORA)).isEmpty();
  }

  @Test
  void aResultIsShownAsPolicySaysOrNotAtAll() {
    SessionGate gate = admitted();
    Verdict.Forward forward = (Verdict.Forward) judge(gate);
    Answer<Description> shown = new Answer<>();
    gate.describe(forward, List.of(), shown);
    assertThat(shown.value).isEqualTo(new Description.Shown(MaskPlan.NONE));

    result = HOLD;
    Answer<Description> withheld = new Answer<>();
    gate.describe(forward, List.of(), withheld);
    assertThat(withheld.value).isInstanceOf(Description.Withheld.class);
  }

  @Test
  void theDigestBindsTheSessionsPrincipal() {
    command = HOLD;
    SessionGate gate = admitted();
    gate.judge(COMMAND, held -> {}, verdict -> {});

    assertThat(approvals.answerableBy(DORA).getFirst().digest())
        .isEqualTo(new CommandDigests(gate.session()).of(COMMAND));
  }

  @Test
  void aSessionThatAnotherPolicyAllowsGoesOnAndIsAskedAboutOnce() throws Exception {
    SessionGate gate = admitted();
    List<Refusal> endings = new ArrayList<>();
    gate.onEnding(endings::add);
    asked.clear();

    change();
    runLoop();
    sessions.policyChanged();
    runLoop();

    assertThat(endings).isEmpty();
    assertThat(asked).hasSize(1);
    assertThat(judge(gate)).isInstanceOf(Verdict.Forward.class);
  }

  @Test
  void aSessionThatAnotherPolicyDoesNotAllowIsToldSoAndDoesNothingMore() throws Exception {
    SessionGate gate = admitted();
    List<Refusal> endings = new ArrayList<>();
    gate.onEnding(endings::add);

    connect = REFUSE;
    change();
    runLoop();

    assertThat(endings)
        .singleElement()
        .satisfies(refusal -> {
          assertThat(refusal.kind()).isEqualTo(Refusal.Kind.POLICY);
          assertThat(refusal.reason()).contains("changed").contains("not so");
          assertThat(refusal.decisionId()).isEqualTo(gate.session().id() + "/1");
        });
    assertThat(refused(judge(gate))).isEqualTo(endings.getFirst());
  }

  @Test
  void whatIsNoPermissionEndsASession() throws Exception {
    for (Decision no :
        List.of(HOLD, limited(), new Decision.Refuse(List.of(reason("none")), "r2", true))) {
      connect = FORWARD;
      SessionGate gate = admitted();
      List<Refusal> endings = new ArrayList<>();
      gate.onEnding(endings::add);

      connect = no;
      change();
      runLoop();

      assertThat(endings).as(no.toString()).hasSize(1);
      gate.close("told");
    }
  }

  @Test
  void aProtocolThatIsNotReadyIsToldWhenItIs() throws Exception {
    SessionGate gate = admitted();
    connect = REFUSE;
    change();
    runLoop();
    List<Refusal> endings = new ArrayList<>();

    gate.onEnding(endings::add);

    assertThat(endings).hasSize(1);
  }

  @Test
  void aPolicyThatComesInDuringSignInAsksToo() {
    List<Refusal> endings = new ArrayList<>();

    enforcement.admit(
        signIn("shop"),
        loop::add,
        admission -> {
          ((Admission.Admitted) admission).session().onEnding(endings::add);
          connect = REFUSE;
          policy.changed = true;
        });

    assertThat(endings).hasSize(1);
  }

  @Test
  void howeverManySessionsThereAreAnEventLoopHasFewReviewsWaiting() throws Exception {
    int many = 200;
    for (int i = 0; i < many; i++) {
      admitted();
    }

    change();

    for (int i = 0; i < many; i++) {
      runLoop();
      assertThat(loop.size()).isLessThanOrEqualTo(32);
    }
  }

  @Test
  void aSessionThatIsClosedMeanwhileIsNotAskedAbout() throws Exception {
    SessionGate gate = admitted();
    asked.clear();

    change();
    Runnable review = loop.poll(10, TimeUnit.SECONDS);
    gate.close("hung up");
    review.run();

    assertThat(asked).isEmpty();
  }

  @Test
  void aShadowHearsOfEachDecisionAfterItWasEnforced() {
    SessionGate gate = admitted();
    List<Object> shadowedBefore = new ArrayList<>();
    gate.judge(COMMAND, held -> {}, verdict -> shadowedBefore.addAll(policy.shadowed));

    assertThat(shadowedBefore).as("the verdict comes first").hasSize(1);
    assertThat(policy.shadowed).hasSize(2).first().isInstanceOf(Question.Connect.class);
    assertThat(policy.shadowed.getLast()).isInstanceOf(Question.Judge.class);
  }

  @Test
  void aDifferenceIsRecordedInTheSessionAndBesideItWhenThatIsOver() throws Exception {
    SessionGate gate = admitted();
    judge(gate);
    Difference difference = new Difference(gate.session().id() + "/1", "trial", FORWARD, REFUSE);

    policy.shadow.accept(difference);
    runLoop();
    gate.close("done");
    policy.shadow.accept(difference);
    runLoop();
    recorder.close();

    assertThat(shadows(gate.session().id()))
        .singleElement()
        .satisfies(record ->
            assertThat(record)
                .contains(
                    difference.decisionId(),
                    "\"shadow\":\"trial\"",
                    "\"outcome\":\"forward\"",
                    "\"shadow_outcome\":\"refuse\"",
                    "not so"));
    assertThat(allShadows()).hasSize(2);
  }

  private List<String> allShadows() throws IOException {
    List<String> all = new ArrayList<>();
    for (SessionSummary session : new SessionReader(folder.resolve("recordings")).sessions()) {
      all.addAll(shadows(session.id()));
    }
    return all;
  }

  private List<String> shadows(String session) throws IOException {
    try (var records = new SessionReader(folder.resolve("recordings")).records(session)) {
      return records
          .filter(record -> record.event().type().equals("shadow"))
          .map(record -> new String(record.event().body(), StandardCharsets.UTF_8))
          .toList();
    }
  }

  /** Another policy comes in. */
  private void change() {
    policy.changed = true;
    sessions.policyChanged();
  }

  private static Routes.Route route() {
    return new Routes.Route(
        new Connection("shop", "test", "shop", Map.of()),
        new Upstream(
            "localhost", 1, "gateway", new Secret("s"), "shop", Upstream.Tls.DISABLE, null));
  }

  private void decide(String decisionId, Question question, Consumer<Decision> then) {
    asked.add(question);
    then.accept(
        switch (question) {
          case Question.Connect asked -> connect;
          case Question.Judge asked -> command;
          case Question.Describe asked -> result;
        });
  }

  private SessionGate admitted() {
    return ((Admission.Admitted) admit(signIn("shop"))).session();
  }

  private Admission admit(SignIn signIn) {
    Answer<Admission> admission = new Answer<>();
    enforcement.admit(signIn, loop::add, admission);
    return admission.value;
  }

  private static Verdict judge(SessionGate gate) {
    Answer<Verdict> verdict = new Answer<>();
    gate.judge(COMMAND, held -> {}, verdict);
    return verdict.value;
  }

  /** Runs the next task that another thread brings to the loop. */
  private void runLoop() throws InterruptedException {
    Runnable task = loop.poll(10, TimeUnit.SECONDS);
    assertThat(task).as("a task for the loop").isNotNull();
    task.run();
  }

  private static Refusal refused(Verdict verdict) {
    return ((Verdict.Refused) verdict).refusal();
  }

  private static Refusal denied(Admission admission) {
    return ((Admission.Denied) admission).refusal();
  }

  private static SignIn signIn(String connection) {
    return new SignIn("test", connection, null, token(), client());
  }

  private static Credential token() {
    return new Credential.Token(new Secret("token"));
  }

  private static Client client() {
    return new Client("127.0.0.1", "test", true);
  }

  private static Decision.Reason reason(String message) {
    return new Decision.Reason("test", message);
  }

  private static Principal person(String subject, String group) {
    return new Principal(
        subject, "https://id", Principal.Kind.PERSON, List.of(group), Map.of(), List.of());
  }

  private static final class Answer<T> implements Consumer<T> {
    private T value;

    @Override
    public void accept(T answer) {
      assertThat(value).as("an answer comes once").isNull();
      value = answer;
    }
  }
}
