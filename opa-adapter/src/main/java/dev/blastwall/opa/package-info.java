/** Evaluates OPA bundles on the JVM. */
@NullMarked
package dev.blastwall.opa;

import org.jspecify.annotations.NullMarked;
