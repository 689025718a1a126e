package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Dialer;
import dev.blastwall.protocol.Gate;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import io.netty.handler.ssl.SslContext;

/**
 * What all sessions of a listener share.
 *
 * @param gate lets clients in
 * @param tls the gateway's own certificate
 * @param tokensInClear whether a client on this machine may sign in without TLS
 * @param dialer reaches upstreams
 * @param understanding reads SQL
 * @param catalog names what RowDescription numbers
 * @param cancelKeys lead a CancelRequest to its session
 * @param halfOpen counts the connections that are not signed in yet
 */
record Environment(
    Gate gate,
    SslContext tls,
    boolean tokensInClear,
    Dialer dialer,
    SqlUnderstanding understanding,
    PostgresqlCatalog catalog,
    CancelKeys cancelKeys,
    HalfOpen halfOpen) {}
