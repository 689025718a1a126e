/**
 * What the authors of policies work with: recorded traffic judged again, and the reasons of a
 * decision.
 *
 * <p>Enters: bundles as files, recordings. Leaves: what a bundle decides about them, and how that
 * differs from what was decided. Blocking; nothing here runs in a gateway.
 */
@NullMarked
package dev.blastwall.authoring;

import org.jspecify.annotations.NullMarked;
