package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Dialer;
import dev.blastwall.protocol.Gate;
import dev.blastwall.protocol.Protocol;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;

/** PostgreSQL, for one listener. */
public final class PostgresqlProtocol implements Protocol {

  /** The name in configuration and policy, and in ALPN (manual, "SSL Session Encryption"). */
  public static final String NAME = "postgresql";

  private final Environment environment;

  /**
   * The protocol, ready for clients.
   *
   * @param gate lets clients in
   * @param tls the gateway's certificate, with ALPN {@value #NAME}
   * @param tokensInClear whether clients on the loopback address may sign in without TLS
   * @param dialer reaches upstreams
   * @param understanding reads SQL
   * @param catalog names what results only number; the caller closes it
   */
  public PostgresqlProtocol(
      Gate gate,
      SslContext tls,
      boolean tokensInClear,
      Dialer dialer,
      SqlUnderstanding understanding,
      PostgresqlCatalog catalog) {
    environment =
        new Environment(gate, tls, tokensInClear, dialer, understanding, catalog, new CancelKeys());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void accept(Channel client) {
    client.pipeline().addLast(new DirectTls(environment.tls()));
    PostgresqlDecoder decoder = PostgresqlDecoder.ofClient();
    client.pipeline().addLast(decoder);
    client.pipeline().addLast(new PostgresqlHandshake(environment, decoder));
  }
}
