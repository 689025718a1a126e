/**
 * What a PostgreSQL statement does, read from its parse tree alone: which relations, columns and
 * functions it names, what it does to them, and where each column of its result comes from.
 *
 * <p>Texts that stand in a statement are read as well: code in SQL and PL/pgSQL, and queries that
 * are values, as far as they are constant.
 *
 * <p>Enters: parse trees. Leaves: {@link dev.blastwall.protocol.sql.describe.Description}s. There
 * is no catalog here, so every answer is a superset: an unqualified column belongs to every table
 * in scope that may have it. What is not known to be harmless makes the description {@code
 * partial}. Names resolve as in PostgreSQL's manual, sections 5.10 (schemas), 7.2 (table
 * expressions), 7.8 (WITH queries) and 4.2 (value expressions).
 */
@NullMarked
package dev.blastwall.protocol.sql.describe;

import org.jspecify.annotations.NullMarked;
