/**
 * The built-in functions of Rego: in come their arguments, out goes a value, undefined, or a
 * failure.
 *
 * <p>One class for each family, named as OPA's documentation (Policy Reference, Built-in Functions)
 * names them. What decides about an edge is {@code v1/topdown} of OPA 1.22.0, texts of failures
 * included.
 *
 * <p>All are registered in {@link dev.blastwall.opa.builtin.Builtins}, which also knows what is
 * refused and why, and which results depend on more than the arguments. What takes long or makes
 * much counts it with the {@link dev.blastwall.opa.builtin.EvaluationContext} of the decision.
 *
 * <p>Known to differ from OPA: a text is UTF-16 here, so octets that are not UTF-8 become U+FFFD at
 * once; the abbreviations of time zones before 1900 are the JDK's.
 */
@NullMarked
package dev.blastwall.opa.builtin;

import org.jspecify.annotations.NullMarked;
