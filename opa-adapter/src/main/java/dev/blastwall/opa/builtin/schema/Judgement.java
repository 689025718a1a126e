package dev.blastwall.opa.builtin.schema;

import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The violations found so far, and a score of how well the value fits: of several alternatives that
 * failed, the one with the best score is explained.
 */
final class Judgement {
  private static final int COST_OF_VIOLATION = 2;

  /** Deeper than a document may nest, as every level may have several schemas. */
  private static final int MAX_DEPTH = 1_000;

  private final List<Violation> violations = new ArrayList<>();
  private final Runnable onStep;
  private final int depth;
  private int score;

  private Judgement(Runnable onStep, int depth) {
    this.onStep = onStep;
    this.depth = depth;
  }

  /**
   * Nothing found yet.
   *
   * @param onStep is called for each pair of a value and a schema
   */
  static Judgement start(Runnable onStep) {
    return new Judgement(onStep, 0);
  }

  /** The judgement of one schema alone on a value, apart from this one. */
  Judgement judge(Subschema schema, Value value, Place at) {
    if (depth == MAX_DEPTH) {
      throw new SchemaException("the schema refers to itself without end");
    }
    onStep.run();
    Judgement apart = new Judgement(onStep, depth + 1);
    schema.judge(value, at, apart);
    return apart;
  }

  /** Judges by a further schema and takes over what it finds. */
  void include(Subschema schema, Value value, Place at) {
    merge(judge(schema, value, at));
  }

  void violated(Place at, String type, String description) {
    violations.add(new Violation(at.field(), type, description));
    score -= COST_OF_VIOLATION;
  }

  void fits() {
    score++;
  }

  void merge(Judgement other) {
    violations.addAll(other.violations);
    score += other.score;
  }

  boolean isValid() {
    return violations.isEmpty();
  }

  boolean isCloserThan(@Nullable Judgement other) {
    return other == null || score > other.score;
  }

  List<Violation> violations() {
    return violations;
  }
}
