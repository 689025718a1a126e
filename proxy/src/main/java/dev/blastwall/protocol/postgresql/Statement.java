package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.sql.Understood;

/**
 * A prepared statement.
 *
 * @param name its name; empty for the unnamed one
 * @param text what it does; read once and judged at every Bind
 */
record Statement(String name, Understood text) {}
