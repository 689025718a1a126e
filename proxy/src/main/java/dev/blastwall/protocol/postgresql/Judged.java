package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.SqlBatch;
import dev.blastwall.protocol.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A command that may run.
 *
 * @param batch what was judged
 * @param forward the verdict
 * @param copyPlan what to change in rows that COPY sends; such rows come without a description, so
 *     this is decided before the command goes upstream; null when it is not known to send any
 * @param runsCode whether it may run code that changes how text behind it is read
 */
record Judged(
    SqlBatch batch, Verdict.Forward forward, @Nullable CopyPlan copyPlan, boolean runsCode) {}
