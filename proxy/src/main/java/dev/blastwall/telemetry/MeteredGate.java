package dev.blastwall.telemetry;

import dev.blastwall.protocol.Admission;
import dev.blastwall.protocol.Gate;
import dev.blastwall.protocol.Refusal;
import dev.blastwall.protocol.SignIn;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A gate that counts who comes, who is let in, and who has not left. */
public final class MeteredGate implements Gate {

  private final Gate gate;
  private final Counter admitted;
  private final Map<Refusal.Kind, Counter> denied = new EnumMap<>(Refusal.Kind.class);
  private final Map<String, AtomicInteger> open = new HashMap<>();

  /**
   * Counts who comes to {@code gate}.
   *
   * @param connections the names of all that sessions can be on
   */
  public MeteredGate(Gate gate, MeterRegistry registry, Set<String> connections) {
    this.gate = gate;
    this.admitted = signIns(registry, "admitted");
    for (Refusal.Kind kind : Refusal.Kind.values()) {
      denied.put(kind, signIns(registry, DecisionCounters.label(kind)));
    }
    connections.forEach(name -> open.put(name, gauge(registry, name)));
  }

  private static Counter signIns(MeterRegistry registry, String outcome) {
    return GatewayMeter.SIGN_INS.counter(registry, "outcome", outcome);
  }

  private static AtomicInteger gauge(MeterRegistry registry, String connection) {
    AtomicInteger count = new AtomicInteger();
    GatewayMeter.SESSIONS_OPEN.gauge(registry, count, AtomicInteger::get, "connection", connection);
    return count;
  }

  @Override
  public void admit(SignIn signIn, Executor loop, Consumer<Admission> then) {
    gate.admit(signIn, loop, admission -> then.accept(counted(admission)));
  }

  private Admission counted(Admission admission) {
    return switch (admission) {
      case Admission.Admitted in -> {
        admitted.increment();
        String name = in.session().session().connection().name();
        AtomicInteger sessions = Objects.requireNonNull(open.get(name), "a connection");
        yield new Admission.Admitted(new CountedSession(in.session(), sessions), in.upstream());
      }
      case Admission.Denied out -> {
        Objects.requireNonNull(denied.get(out.refusal().kind())).increment();
        yield out;
      }
    };
  }
}
