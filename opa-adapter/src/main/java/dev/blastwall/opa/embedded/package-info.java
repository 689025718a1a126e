/**
 * The embedded engine: in comes a plan ({@link dev.blastwall.opa.plan}), out goes a hidden class
 * with one static method for each function of the plan, made with the Class-File API (JEP 484).
 *
 * <p>The locals of the IR are locals of the JVM, unset is null, and undefined and break are jumps.
 * Rules without arguments are evaluated once under one input and data. Statement semantics: {@code
 * v1/ir/ir.go} and OPA's Wasm compiler; the conformance cases decide.
 */
@NullMarked
package dev.blastwall.opa.embedded;

import org.jspecify.annotations.NullMarked;
