package dev.blastwall.opa;

import org.jspecify.annotations.Nullable;

/** What evaluating an entrypoint came to. Only {@link Defined} can ever allow something. */
public sealed interface Evaluation {
  /**
   * The entrypoint has a value.
   *
   * @param revision of the bundles that gave it, where the engine knows better than whoever asked
   *     it; otherwise null
   */
  record Defined(Value value, @Nullable String revision) implements Evaluation {
    /** A value by the bundle that the engine was made for. */
    public Defined(Value value) {
      this(value, null);
    }
  }

  /** No rule gave the entrypoint a value. */
  record Undefined() implements Evaluation {
    /** The one instance. */
    public static final Undefined UNDEFINED = new Undefined();
  }

  /** It could not be evaluated. */
  record Failed(PolicyException cause) implements Evaluation {}
}
