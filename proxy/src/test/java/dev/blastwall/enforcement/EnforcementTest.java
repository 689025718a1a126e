package dev.blastwall.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.approval.Approvals;
import dev.blastwall.approval.HeldCommand;
import dev.blastwall.command.Client;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Limits;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Unclassified;
import dev.blastwall.identity.Verification;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.Question;
import dev.blastwall.protocol.Admission;
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
import dev.blastwall.recorder.SigningKey;
import dev.blastwall.recording.NodeLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

  private Instant now = START;
  private Verification verification = new Verification.Identified(ALICE, EXPIRY);
  private Decision connect = FORWARD;
  private Decision command = FORWARD;
  private Decision result = FORWARD;
  private Recorder recorder;
  private Enforcement enforcement;

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
            session -> this::decide,
            approvals,
            new NodeLog(recorder),
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
        .isEqualTo(CommandDigest.of(COMMAND, gate.session()));
  }

  private static Routes.Route route() {
    return new Routes.Route(
        new Connection("shop", "test", "shop", Map.of()),
        new Upstream(
            "localhost", 1, "gateway", new Secret("s"), "shop", Upstream.Tls.DISABLE, null));
  }

  private void decide(String decisionId, Question question, Consumer<Decision> then) {
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

  private static Secret token() {
    return new Secret("token");
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
