package dev.blastwall.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.Client;
import dev.blastwall.command.Command;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.Session;
import dev.blastwall.protocol.Admission;
import dev.blastwall.protocol.Credential;
import dev.blastwall.protocol.Description;
import dev.blastwall.protocol.Gate;
import dev.blastwall.protocol.Held;
import dev.blastwall.protocol.Observation;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.SessionGate;
import dev.blastwall.protocol.SignIn;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.protocol.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MeteredGateTest {

  private static final SignIn SIGN_IN =
      new SignIn(
          "postgresql",
          "shop",
          null,
          new Credential.Token(new Secret("t")),
          new Client("127.0.0.1", "psql", true));
  private static final Upstream UPSTREAM =
      new Upstream("127.0.0.1", 1, "u", new Secret("p"), null, Upstream.Tls.DISABLE, null);

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final List<String> closed = new ArrayList<>();
  private Admission next = new Admission.Admitted(new FakeSession(), UPSTREAM);
  private final Gate gate =
      new MeteredGate((signIn, loop, then) -> then.accept(next), registry, Set.of("shop"));

  @Test
  void aSessionIsOpenFromItsAdmissionToItsFirstClose() {
    SessionGate first = admit();
    SessionGate second = admit();
    assertThat(open()).isEqualTo(2);

    first.close("done");
    first.close("once more");

    assertThat(open()).isEqualTo(1);
    second.close("done");
    assertThat(open()).isZero();
    assertThat(closed).containsExactly("done", "once more", "done");
    assertThat(signIns("admitted")).isEqualTo(2);
  }

  @Test
  void whoIsNotLetInIsCountedByTheReason() {
    next = new Admission.Denied(new Refusal(Refusal.Kind.SIGN_IN, "id", "no", "ask"));

    gate.admit(SIGN_IN, Runnable::run, admission -> assertThat(admission).isSameAs(next));

    assertThat(signIns("sign_in")).isEqualTo(1);
    assertThat(signIns("admitted")).isZero();
    assertThat(open()).isZero();
  }

  private SessionGate admit() {
    List<Admission> answers = new ArrayList<>();
    gate.admit(SIGN_IN, Runnable::run, answers::add);
    return ((Admission.Admitted) answers.getFirst()).session();
  }

  private double open() {
    return registry.get("blastwall.sessions.open").tag("connection", "shop").gauge().value();
  }

  private final class FakeSession implements SessionGate {

    @Override
    public Session session() {
      return Sessions.on("shop");
    }

    @Override
    public void onEnding(Consumer<Refusal> then) {
      throw new AssertionError("nothing is asked");
    }

    @Override
    public void judge(Command command, Consumer<Held> onHold, Consumer<Verdict> then) {
      throw new AssertionError("nothing is asked");
    }

    @Override
    public void describe(
        Verdict.Forward forward, List<ResultColumn> columns, Consumer<Description> then) {
      throw new AssertionError("nothing is asked");
    }

    @Override
    public void observe(Observation observation) {
      throw new AssertionError("nothing goes by");
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

  private double signIns(String outcome) {
    return registry.get("blastwall.sign.ins").tag("outcome", outcome).counter().count();
  }
}
