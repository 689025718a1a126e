package dev.blastwall.opa;

/** What evaluating an entrypoint came to. Only {@link Defined} can ever allow something. */
public sealed interface Evaluation {
  /** The entrypoint has a value. */
  record Defined(Value value) implements Evaluation {}

  /** No rule gave the entrypoint a value. */
  record Undefined() implements Evaluation {
    /** The one instance. */
    public static final Undefined UNDEFINED = new Undefined();
  }

  /** It could not be evaluated. */
  record Failed(PolicyException cause) implements Evaluation {}
}
