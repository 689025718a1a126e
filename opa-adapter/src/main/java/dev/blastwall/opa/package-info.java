/**
 * Evaluates OPA bundles on the JVM.
 *
 * <p>In comes a bundle as {@code opa build -t plan} writes it ({@link dev.blastwall.opa.Bundle})
 * and, for each decision, an {@code input} ({@link dev.blastwall.opa.Value}); out goes an {@link
 * dev.blastwall.opa.Evaluation}. This package holds that vocabulary; the engines live in packages
 * of their own ({@code embedded}: the plan as JVM bytecode; {@code sidecar}: a real OPA beside the
 * process) and depend on it, never the other way round.
 *
 * <p>What decides is OPA's own behaviour, version 1.22.0: the Intermediate Representation, Bundles
 * and Policy Reference pages of its documentation, and its conformance cases, which the build runs.
 */
@NullMarked
package dev.blastwall.opa;

import org.jspecify.annotations.NullMarked;
