/**
 * The built-in functions of Rego: in come their arguments, out goes a value, undefined, or a
 * failure.
 *
 * <p>One class for each family, named as OPA's documentation (Policy Reference, Built-in Functions)
 * names them. What decides about an edge is {@code v1/topdown} of OPA 1.22.0, texts of failures
 * included.
 */
@NullMarked
package dev.blastwall.opa.builtin;

import org.jspecify.annotations.NullMarked;
