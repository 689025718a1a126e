package dev.blastwall.protocol.postgresql;

import io.netty.handler.ssl.SslContext;
import java.time.Duration;

/**
 * How one listener takes its clients.
 *
 * @param tls the gateway's certificate, with ALPN {@value PostgresqlProtocol#NAME}
 * @param inClear whether clients on the loopback address may sign in without TLS
 * @param method how they prove who they are
 * @param patience from the first byte to the session, the upstream's part included
 */
public record ClientSide(SslContext tls, boolean inClear, SignInMethod method, Duration patience) {

  /** How long a sign-in takes at most where nothing else is configured. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Clients that bring a token as their password. */
  public static ClientSide of(SslContext tls, boolean inClear) {
    return new ClientSide(tls, inClear, new SignInMethod.Password(), PATIENCE);
  }
}
