/**
 * What SQL text asks for, as policy sees it.
 *
 * <p>Enters: a text and the values bound to it. Leaves: a {@link dev.blastwall.command.SqlBatch}
 * that says how far the text was understood. A text is read once by {@link
 * dev.blastwall.protocol.sql.grammar}, off the event loop, and described by {@link
 * dev.blastwall.protocol.sql.describe}.
 */
@NullMarked
package dev.blastwall.protocol.sql;

import org.jspecify.annotations.NullMarked;
