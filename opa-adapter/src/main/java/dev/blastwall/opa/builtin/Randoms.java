package dev.blastwall.opa.builtin;

import dev.blastwall.opa.Value;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What is drawn at random, once in a decision for each key. */
final class Randoms {
  private Randoms() {}

  static void register(Builtins.Registry registry) {
    registry.binary("rand.intn", Randoms::number);
    registry.unary("uuid.rfc4122", Randoms::uuid);
    registry.nondeterministic("rand.intn", "uuid.rfc4122");
  }

  private static Value number(EvaluationContext context, Value key, Value bound) {
    String name = Operands.string(key, 1);
    long limit = Math.absExact(Operands.integer(bound, 2));
    return limit == 0
        ? Value.of(0)
        : context.drawn(
            List.of("rand.intn", name, limit),
            () -> Value.of(ThreadLocalRandom.current().nextLong(limit)));
  }

  private static Value uuid(EvaluationContext context, Value key) {
    return context.drawn(
        List.of("uuid.rfc4122", key), () -> Value.of(UUID.randomUUID().toString()));
  }
}
