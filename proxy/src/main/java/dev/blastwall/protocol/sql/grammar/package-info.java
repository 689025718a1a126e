/**
 * PostgreSQL's own grammar: libpg_query, compiled to WebAssembly by its authors and to JVM classes
 * by our build, so that a fault in it is an exception and never the end of the process. The build
 * first splits the functions that the JVM would not compile ({@code src/main/npm/outline}).
 *
 * <p>Enters: SQL text. Leaves: PostgreSQL's raw parse tree, or where and why the text is not
 * PostgreSQL's SQL. The node kinds are those of PostgreSQL 18's {@code parsenodes.h}.
 */
@NullMarked
package dev.blastwall.protocol.sql.grammar;

import org.jspecify.annotations.NullMarked;
