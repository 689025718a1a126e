/**
 * What a statement touches besides what its text names: relations below a view, parents of a
 * partition, what a rule does, what the code of functions and operators does.
 *
 * <p>Enters: a {@link dev.blastwall.command.SqlBatch} as its text describes it, and {@link
 * dev.blastwall.protocol.sql.resolve.Names}, which a dialect reads from its server's catalog.
 * Leaves: the same batch with all that the names stand for, so that policy, masks and records see a
 * view as what is below it. Nothing is taken away: what the text says stays beside it.
 */
@NullMarked
package dev.blastwall.protocol.sql.resolve;

import org.jspecify.annotations.NullMarked;
