package dev.blastwall.opa;

/**
 * What an engine evaluates: the plan that {@code opa build -t plan} made of policies, and the data
 * beside it. {@code dev.blastwall.opa.bundle} reads one from an archive.
 *
 * @param revision what the manifest says; empty if it says nothing
 * @param plan the content of {@code plan.json}, or of {@code plan.pb} in that form
 * @param data the document {@code data}, without what rules define
 * @param sources what the plan was made of, for an engine that reads Rego
 */
public record Bundle(String revision, Value plan, ObjectValue data, RegoSources sources) {
  /** Only a plan, which no engine but the embedded one can run. */
  public Bundle(String revision, Value plan, ObjectValue data) {
    this(revision, plan, data, RegoSources.NONE);
  }
}
