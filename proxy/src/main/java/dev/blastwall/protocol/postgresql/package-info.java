/**
 * PostgreSQL, frontend/backend protocol 3.0 and 3.2 (PostgreSQL 18 manual, chapter
 * "Frontend/Backend Protocol").
 *
 * <p>Enters: a client's connection. Leaves: judged messages to an upstream on a connection of its
 * own, and answers to the client with masked values. One client session is one upstream session; no
 * state is shared between people.
 *
 * <p>The parts: {@code PostgresqlHandshake} with {@code Opening} (TLS, versions, start-up), {@code
 * ClientSignIn} (token or certificate) and {@code UpstreamSearch} with {@code UpstreamSignIn}
 * (which server, and the gateway's own credential), then {@code PostgresqlSession} with {@code
 * PostgresqlCommands} from client to upstream and {@code PostgresqlResults} back. Between the two
 * stands {@code Conversation}: what was sent, and so what each answer means.
 *
 * <p>Deliberately refused, although PostgreSQL has it:
 *
 * <ul>
 *   <li>Replication ({@code replication} in StartupMessage): a stream of every row of every table,
 *       in a form that can be neither judged nor masked. It is a command of its own kind, so policy
 *       can say why; where it says yes, the answer is 0A000.
 *   <li>The result of a FunctionCall that policy would mask: there is no column to mask, so it is
 *       withheld. The call itself is judged as the query that calls the same function.
 *   <li>{@code client_encoding} other than UTF8: text would be read in another way than it was
 *       judged. When the server reports such a change, the session ends. {@code
 *       standard_conforming_strings} may be off, but not in StartupMessage.
 *   <li>{@code role}, {@code session_authorization} and {@code session_replication_role} in
 *       StartupMessage, and switches in {@code options} that are no settings: they would make the
 *       session another's before anything is judged.
 *   <li>A token without TLS, unless the listener allows it to clients on the same machine; a client
 *       certificate without TLS does not exist.
 *   <li>Direct TLS without ALPN {@code postgresql}, and bytes behind a request for encryption: both
 *       are how bytes of another protocol, or of somebody in between, get into a session.
 *   <li>GSS encryption: the answer is N, and the client goes on with TLS.
 *   <li>Protocol 2 and a second way to sign in at one listener: the server must choose before it
 *       knows the client.
 *   <li>The client's SCRAM, GSS, SSPI, and its certificate towards the upstream: the gateway has a
 *       credential of its own there.
 *   <li>An upstream that asks for a password in clear or by MD5 without TLS, that does not prove
 *       that it knows the password, or whose certificate is not the right one.
 *   <li>COPY in both directions at once (CopyBothResponse): only replication has it.
 *   <li>Messages above the limits in {@code PostgresqlLimits}: a whole message is held in memory
 *       while it is judged or masked.
 * </ul>
 */
@NullMarked
package dev.blastwall.protocol.postgresql;

import org.jspecify.annotations.NullMarked;
