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
 * <h2>Where this differs from OPA</h2>
 *
 * <ul>
 *   <li>A text is UTF-16 here, so octets that are not UTF-8 become U+FFFD at once.
 *   <li>The abbreviations of time zones before 1900 are the JDK's.
 *   <li>{@code sprintf} with {@code %p} shows no addresses of large integers.
 *   <li>JSON Schema: no other document is fetched, not even a meta-schema, so these built-ins are
 *       deterministic; a schema that refers to itself without end is a failure, where OPA ends; the
 *       format {@code email} knows no comments and no addresses of hosts by number.
 *   <li>Chains of certificates: constraints of names are the JDK's, which refuses more than Go (a
 *       wildcard under a constraint, a name with an underscore, the constraint of a root that
 *       another one issued), and takes the common name for a host if there is no other. Names are
 *       compared as RFC 5280 says, not octet by octet. Where several chains are possible, another
 *       one of them may be shown.
 * </ul>
 *
 * <p>Of OPA's built-ins, those are not offered that need a network, a parser of Rego, or, in {@code
 * graphql}, the rules that hold a query against its schema; {@link
 * dev.blastwall.opa.builtin.Builtins#whyRefused} says it for each.
 */
@NullMarked
package dev.blastwall.opa.builtin;

import org.jspecify.annotations.NullMarked;
