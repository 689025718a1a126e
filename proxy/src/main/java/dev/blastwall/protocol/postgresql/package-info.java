/**
 * PostgreSQL, frontend/backend protocol 3.0 and 3.2 (PostgreSQL 18 manual, chapter
 * "Frontend/Backend Protocol").
 *
 * <p>Enters: a client's connection. Leaves: judged messages to an upstream on a connection of its
 * own, and answers to the client with masked values. One client session is one upstream session; no
 * state is shared between people.
 *
 * <p>The parts: {@code PostgresqlHandshake} (TLS, token, start-up), {@code UpstreamSignIn} (the
 * gateway's own credential), then {@code PostgresqlSession} with {@code PostgresqlCommands} from
 * client to upstream and {@code PostgresqlResults} back. Between the two stands {@code
 * Conversation}: what was sent, and so what each answer means.
 */
@NullMarked
package dev.blastwall.protocol.postgresql;

import org.jspecify.annotations.NullMarked;
