/**
 * OPA's Intermediate Representation: in comes {@code plan.json} or {@code plan.pb}, out goes a
 * {@link dev.blastwall.opa.plan.Policy} of records.
 *
 * <p>The form follows {@code v1/ir/ir.go}, {@code v1/ir/plan.schema.json} and {@code
 * v1/ir/plan.proto} of OPA 1.22.0. Constants are resolved while reading, statements that cannot be
 * reached are dropped, and a statement of a type that this engine does not know makes the whole
 * plan unacceptable.
 */
@NullMarked
package dev.blastwall.opa.plan;

import org.jspecify.annotations.NullMarked;
