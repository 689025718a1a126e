package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.Command;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Limits;
import dev.blastwall.command.Principal;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.Session;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.protocol.Admission;
import dev.blastwall.protocol.Description;
import dev.blastwall.protocol.Gate;
import dev.blastwall.protocol.Held;
import dev.blastwall.protocol.Observation;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.protocol.SessionGate;
import dev.blastwall.protocol.SignIn;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.protocol.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A policy for one session that remembers what it forwarded. Refuses what holds the word {@code
 * forbidden}, holds what holds {@code approval}; masks every column or none.
 */
final class FuzzGate implements Gate, SessionGate {

  /** Bits of a rule byte. */
  static final int MASKS = 1;

  static final int LATER = 2;
  static final int WITHHOLDS = 4;
  static final int LIMITS = 8;
  static final int NULLS = 16;

  private static final Refusal NO = new Refusal(Refusal.Kind.POLICY, "d-1", "no", "Ask less.");

  /** A command that may run once: its text and values. */
  private record Permit(String text, List<String> values) {}

  private final Upstream upstream;
  private final int rules;
  private final Map<Permit, Integer> permits = new HashMap<>();
  private final Set<String> texts = new HashSet<>();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private Consumer<Refusal> ending = refusal -> {};
  private SignIn signIn;
  private int opened;
  private int closed;
  private boolean recordedSecret;
  private boolean failed;

  FuzzGate(Upstream upstream, int rules) {
    this.upstream = upstream;
    this.rules = rules;
  }

  boolean is(int rule) {
    return (rules & rule) != 0;
  }

  /** Gives the oldest answer that is awaited. */
  void answer() {
    Runnable next = later.poll();
    if (next != null) {
      next.run();
    }
  }

  boolean isAsked() {
    return !later.isEmpty();
  }

  void endSession() {
    ending.accept(NO);
  }

  /** Every session that was opened is closed, once, and its record holds no secret. */
  void check() {
    if (recordedSecret) {
      throw new AssertionError("a masked value was recorded");
    }
    if (failed) {
      throw new AssertionError("the session ended by an exception that nobody foresaw");
    }
    if (opened != closed) {
      throw new AssertionError(opened + " sessions were opened and " + closed + " closed");
    }
  }

  /** Uses up a verdict of Forward for just this command. */
  void spend(String text, List<String> values) {
    int left = permits.merge(new Permit(text, values), -1, Integer::sum);
    if (left < 0) {
      throw new AssertionError("reached the upstream unjudged: " + text + " " + values);
    }
  }

  /** Uses up a verdict for a call of a function with these values. */
  void spendCall(List<String> values) {
    for (Map.Entry<Permit, Integer> permit : permits.entrySet()) {
      if (permit.getValue() > 0 && permit.getKey().values().equals(values)) {
        permit.setValue(permit.getValue() - 1);
        return;
      }
    }
    throw new AssertionError("a function call reached the upstream unjudged: " + values);
  }

  /** A text was forwarded, with whatever values. */
  void mustKnow(String text) {
    if (!texts.contains(text)) {
      throw new AssertionError("reached the upstream unjudged: " + text);
    }
  }

  boolean forwardedCopy() {
    return texts.stream().anyMatch(text -> text.toLowerCase(Locale.ROOT).contains("copy"));
  }

  @Override
  public void admit(SignIn wish, Executor loop, Consumer<Admission> then) {
    signIn = wish;
    if (wish.connection().equals("shop")) {
      opened++;
      then.accept(new Admission.Admitted(this, upstream));
    } else {
      then.accept(new Admission.Denied(NO));
    }
  }

  @Override
  public Session session() {
    // Far from now, so that nothing depends on how fast the fuzzer is.
    return new Session(
        "s-1",
        new Principal("mallory", "test", Principal.Kind.PERSON, List.of(), Map.of(), List.of()),
        new Connection(signIn.connection(), signIn.protocol(), signIn.database(), Map.of()),
        signIn.client(),
        Instant.now(),
        Instant.now().plus(Duration.ofDays(1)));
  }

  @Override
  public void onEnding(Consumer<Refusal> then) {
    ending = then;
  }

  @Override
  public void judge(Command command, Consumer<Held> onHold, Consumer<Verdict> then) {
    String text = command instanceof SqlBatch batch ? batch.text() : command.toString();
    if (text.contains("forbidden")) {
      soon(() -> then.accept(new Verdict.Refused(NO)));
    } else if (text.contains("approval")) {
      Hold hold = new Hold(then);
      later.add(() -> hold.decide(forward(command)));
      onHold.accept(hold);
    } else {
      soon(() -> then.accept(forward(command)));
    }
  }

  private Verdict forward(Command command) {
    if (command instanceof SqlBatch batch) {
      texts.add(batch.text());
      permits.merge(new Permit(batch.text(), batch.parameters()), 1, Integer::sum);
    }
    Limits limits = is(LIMITS) ? new Limits(1, 100, Duration.ofSeconds(1)) : Limits.NONE;
    return new Verdict.Forward("d-1", command, limits);
  }

  private void soon(Runnable answer) {
    if (is(LATER)) {
      later.add(answer);
    } else {
      answer.run();
    }
  }

  @Override
  public void describe(
      Verdict.Forward forward, List<ResultColumn> columns, Consumer<Description> then) {
    Map<Integer, Mask> masks = new HashMap<>();
    Mask mask = is(NULLS) ? new Mask.Nullify() : new Mask.Redact();
    for (int i = 0; is(MASKS) && i < columns.size(); i++) {
      masks.put(i, mask);
    }
    Description answer =
        is(WITHHOLDS)
            ? new Description.Withheld(NO)
            : new Description.Shown(new MaskPlan(masks, List.of()));
    soon(() -> then.accept(answer));
  }

  @Override
  public void observe(Observation observation) {
    failed |=
        observation instanceof Observation.Fault(String what)
            && what.startsWith("the gateway failed");
    if (is(MASKS) && observation instanceof Observation.Response response) {
      recordedSecret |= FuzzedGateway.showsSecret(response.bytes());
    }
  }

  @Override
  public boolean congested() {
    return false;
  }

  @Override
  public void close(String why) {
    closed++;
  }

  /** Waits for a human; the client may give up first. */
  private static final class Hold implements Held {
    private final Consumer<Verdict> then;
    private boolean decided;

    Hold(Consumer<Verdict> then) {
      this.then = then;
    }

    void decide(Verdict verdict) {
      if (!decided) {
        decided = true;
        then.accept(verdict);
      }
    }

    @Override
    public void cancel() {
      decide(new Verdict.Refused(NO));
    }

    @Override
    public String id() {
      return "h-1";
    }

    @Override
    public Instant expires() {
      return Instant.now().plus(Duration.ofHours(1));
    }

    @Override
    public List<String> approvers() {
      return Arrays.asList("group:approvers");
    }

    @Override
    public String reason() {
      return "a human must look at this";
    }
  }
}
