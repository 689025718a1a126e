package dev.blastwall.telemetry;

import dev.blastwall.command.Session;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.Difference;
import dev.blastwall.policy.Policy;
import dev.blastwall.policy.Question;
import dev.blastwall.policy.SessionPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A policy whose decisions are counted, and the time that each takes. */
public final class MeteredPolicy implements Policy {

  /** From a remembered decision to a sidecar that is at its limit. */
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(1_000),
    Duration.ofNanos(5_000),
    Duration.ofNanos(10_000),
    Duration.ofNanos(50_000),
    Duration.ofNanos(100_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
  };

  private final Policy policy;
  private final Map<String, DecisionCounters> counters = new HashMap<>();
  private final Timer[] timers = new Timer[Point.values().length];

  /**
   * Counts what {@code policy} decides.
   *
   * @param set the name of its set of policies
   * @param connections the names of all that sessions can be on
   */
  public MeteredPolicy(Policy policy, String set, MeterRegistry registry, Set<String> connections) {
    this.policy = policy;
    connections.forEach(name -> counters.put(name, new DecisionCounters(registry, name, set)));
    for (Point point : Point.values()) {
      timers[point.ordinal()] = timer(registry, point, set);
    }
  }

  private static Timer timer(MeterRegistry registry, Point point, String set) {
    return Timer.builder(GatewayMeter.DECISION_TIME.key())
        .description(GatewayMeter.DECISION_TIME.description())
        .tag("point", DecisionCounters.label(point))
        .tag("set", set)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  @Override
  public SessionPolicy of(Session session) {
    DecisionCounters counted =
        Objects.requireNonNull(counters.get(session.connection().name()), "a connection");
    return new Counted(policy.of(session), counted);
  }

  private final class Counted implements SessionPolicy {

    private final SessionPolicy asked;
    private final DecisionCounters counted;

    Counted(SessionPolicy asked, DecisionCounters counted) {
      this.asked = asked;
      this.counted = counted;
    }

    @Override
    public void decide(String decisionId, Question question, Consumer<Decision> then) {
      asked.decide(decisionId, question, counting(counted, Point.of(question), then));
    }

    @Override
    public boolean isOutdated() {
      return asked.isOutdated();
    }

    @Override
    public void enforced(
        String decisionId, Question question, Decision decision, Consumer<Difference> then) {
      asked.enforced(decisionId, question, decision, then);
    }
  }

  private Consumer<Decision> counting(
      DecisionCounters counted, Point point, Consumer<Decision> then) {
    long since = System.nanoTime();
    return decision -> {
      timers[point.ordinal()].record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
      counted.count(point, Outcome.of(decision));
      then.accept(decision);
    };
  }
}
