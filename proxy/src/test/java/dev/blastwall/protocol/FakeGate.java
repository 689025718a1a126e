package dev.blastwall.protocol;

import dev.blastwall.command.Client;
import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.Command;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Limits;
import dev.blastwall.command.Principal;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.Session;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.masking.DetectorMask;
import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A policy that is written in the test: lets in whoever presents {@link #TOKEN}, refuses what holds
 * the word {@code forbidden}, holds what holds {@code approval}, cannot decide about {@code
 * undecidable}, masks columns by name and detects everywhere.
 */
public final class FakeGate implements Gate {

  /** The token that opens. */
  public static final String TOKEN = "open sesame";

  /** What happened, in order, across all sessions. */
  public final List<Command> judged = Collections.synchronizedList(new ArrayList<>());

  public final List<Observation> observed = Collections.synchronizedList(new ArrayList<>());
  public final List<List<ResultColumn>> described = Collections.synchronizedList(new ArrayList<>());
  public final List<SignIn> signIns = Collections.synchronizedList(new ArrayList<>());
  public final List<Client> clients = Collections.synchronizedList(new ArrayList<>());

  /** Why sessions were closed. */
  public final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

  /** Holds as they come. */
  public final BlockingQueue<FakeHeld> holds = new LinkedBlockingQueue<>();

  /** Ends a session each, as policy does when it changes. */
  public final BlockingQueue<Consumer<Refusal>> endings = new LinkedBlockingQueue<>();

  private final Supplier<Upstream> upstream;
  private final Map<String, Mask> masks = new HashMap<>();
  private volatile List<DetectorMask> detectors = List.of();
  private volatile boolean refusesMasked;
  private volatile Optional<Mask> untraced = Optional.empty();
  private volatile String withheld = "";
  private volatile Limits limits = Limits.NONE;
  private volatile Duration life = Duration.ofHours(1);
  private volatile String token = TOKEN;

  public FakeGate(Supplier<Upstream> upstream) {
    this.upstream = upstream;
  }

  /** Masks every result column that may hold {@code column}. */
  public FakeGate mask(String column, Mask mask) {
    masks.put(column, mask);
    return this;
  }

  /** Masks every result column of which nobody knows where it comes from. */
  public FakeGate maskUntraced(Mask mask) {
    untraced = Optional.of(mask);
    return this;
  }

  /** Refuses to write what looks masked. */
  public FakeGate refuseMasked() {
    refusesMasked = true;
    return this;
  }

  public FakeGate detect(DetectorMask... masks) {
    detectors = List.of(masks);
    return this;
  }

  /** Withholds every result in which {@code column} may be. */
  public FakeGate withhold(String column) {
    withheld = column;
    return this;
  }

  /** Limits every answer. */
  public FakeGate limit(Limits most) {
    limits = most;
    return this;
  }

  /** Opens for another token than {@link #TOKEN}. */
  public FakeGate opensWith(String other) {
    token = other;
    return this;
  }

  public FakeGate live(Duration duration) {
    life = duration;
    return this;
  }

  /** Forgets what happened and what was asked for. */
  public void reset() {
    judged.clear();
    observed.clear();
    described.clear();
    signIns.clear();
    clients.clear();
    closed.clear();
    holds.clear();
    endings.clear();
    masks.clear();
    detectors = List.of();
    untraced = Optional.empty();
    refusesMasked = false;
    withheld = "";
    limits = Limits.NONE;
    life = Duration.ofHours(1);
    token = TOKEN;
  }

  /** The texts that were judged. */
  public List<String> texts() {
    return judged.stream().map(FakeGate::text).toList();
  }

  private static String text(Command command) {
    return command instanceof SqlBatch batch ? batch.text() : command.toString();
  }

  private static String words(Command command) {
    return command instanceof SqlBatch batch
        ? batch.text() + batch.parameters()
        : command.toString();
  }

  @Override
  public void admit(SignIn signIn, Executor loop, Consumer<Admission> then) {
    signIns.add(signIn);
    if (!opens(signIn.credential())) {
      then.accept(
          new Admission.Denied(
              refusal(Refusal.Kind.SIGN_IN, "the token does not open this", "Get another.")));
      return;
    }
    if (!signIn.connection().equals("shop")) {
      then.accept(
          new Admission.Denied(
              refusal(Refusal.Kind.UNKNOWN_CONNECTION, "no such connection", "Try shop.")));
      return;
    }
    clients.add(signIn.client());
    then.accept(new Admission.Admitted(new FakeSession(signIn, loop), upstream.get()));
  }

  private boolean opens(Credential credential) {
    return switch (credential) {
      case Credential.Token(Secret text) -> text.value().equals(token);
      case Credential.Certificate certificate -> true;
    };
  }

  private static Refusal refusal(Refusal.Kind kind, String reason, String advice) {
    return new Refusal(kind, "d-1", reason, advice);
  }

  /** A hold that the test decides about. */
  public static final class FakeHeld implements Held {
    private final Executor loop;
    private final Consumer<Verdict> then;
    private final Command command;
    private boolean decided;

    FakeHeld(Executor loop, Consumer<Verdict> then, Command command) {
      this.loop = loop;
      this.then = then;
      this.command = command;
    }

    public void approve() {
      loop.execute(() -> decide(new Verdict.Forward("d-approved", command, Limits.NONE)));
    }

    public void deny() {
      loop.execute(() ->
          decide(
              new Verdict.Refused(
                  refusal(Refusal.Kind.NOT_APPROVED, "an approver said no", "Ask them."))));
    }

    @Override
    public void cancel() {
      decide(new Verdict.Refused(refusal(Refusal.Kind.CANCELLED, "the client gave up", "Go on.")));
    }

    private void decide(Verdict verdict) {
      if (!decided) {
        decided = true;
        then.accept(verdict);
      }
    }

    @Override
    public String id() {
      return "h-1";
    }

    @Override
    public Instant expires() {
      return Instant.parse("2030-01-01T00:00:00Z");
    }

    @Override
    public List<String> approvers() {
      return List.of("group:approvers");
    }

    @Override
    public String reason() {
      return "a human must look at this";
    }
  }

  private final class FakeSession implements SessionGate {
    private final Session session;
    private final Executor loop;

    FakeSession(SignIn signIn, Executor loop) {
      this.loop = loop;
      Instant now = Instant.now();
      session =
          new Session(
              "s-1",
              new Principal("alice", "test", Principal.Kind.PERSON, List.of(), Map.of(), List.of()),
              new Connection(signIn.connection(), signIn.protocol(), signIn.database(), Map.of()),
              signIn.client(),
              now,
              now.plus(life));
    }

    @Override
    public Session session() {
      return session;
    }

    @Override
    public void onEnding(Consumer<Refusal> then) {
      endings.add(refusal -> loop.execute(() -> then.accept(refusal)));
    }

    @Override
    public void judge(Command command, Consumer<Held> onHold, Consumer<Verdict> then) {
      judged.add(command);
      String text = words(command);
      if (refusesMasked && command instanceof SqlBatch batch && batch.maskedTokens()) {
        then.accept(
            new Verdict.Refused(refusal(Refusal.Kind.POLICY, "a masked value", "Leave it out.")));
      } else if (text.contains("forbidden")) {
        then.accept(
            new Verdict.Refused(
                refusal(Refusal.Kind.POLICY, "policy says no", "Ask for something else.")));
      } else if (text.contains("undecidable")) {
        then.accept(
            new Verdict.Refused(
                refusal(Refusal.Kind.UNAVAILABLE, "policy cannot be asked", "Try later.")));
      } else if (text.contains("approval")) {
        FakeHeld held = new FakeHeld(loop, then, command);
        onHold.accept(held);
        holds.add(held);
      } else {
        then.accept(new Verdict.Forward("d-1", command, limits));
      }
    }

    @Override
    public void describe(
        Verdict.Forward forward, List<ResultColumn> columns, Consumer<Description> then) {
      described.add(columns);
      Map<Integer, Mask> plan = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        if (!columns.get(i).traced() && untraced.isPresent()) {
          plan.put(i, untraced.orElseThrow());
        }
        for (ColumnOrigin origin : columns.get(i).origins()) {
          if (origin.column().equals(withheld)) {
            then.accept(
                new Description.Withheld(
                    refusal(Refusal.Kind.POLICY, "this result stays here", "Ask for less.")));
            return;
          }
          for (String masked : masks.keySet()) {
            if (origin.column().equals(masked) || origin.column().equals(ColumnOrigin.WHOLE_ROW)) {
              plan.put(i, masks.get(masked));
            }
          }
        }
      }
      then.accept(new Description.Shown(new MaskPlan(plan, detectors)));
    }

    @Override
    public void observe(Observation observation) {
      observed.add(observation);
    }

    @Override
    public boolean congested() {
      return false;
    }

    @Override
    public void close(String why) {
      closed.add(why);
    }
  }
}
