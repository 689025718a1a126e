package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Dialer;
import dev.blastwall.protocol.Gate;
import dev.blastwall.protocol.Protocol;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** PostgreSQL, for one listener. */
public final class PostgresqlProtocol implements Protocol {

  /** The name in configuration and policy, and in ALPN (manual, "SSL Session Encryption"). */
  public static final String NAME = "postgresql";

  /** More than a pool opens at a time, and few enough that they cost nothing. */
  static final int HALF_OPEN_PER_ADDRESS = 256;

  private final Environment environment;

  /**
   * The protocol, ready for clients.
   *
   * @param gate lets clients in
   * @param side how a listener takes them
   * @param dialer reaches upstreams
   * @param understanding reads SQL
   * @param catalog names what results only number; the caller closes it
   */
  public PostgresqlProtocol(
      Gate gate,
      ClientSide side,
      Dialer dialer,
      SqlUnderstanding understanding,
      PostgresqlCatalog catalog) {
    this(
        new Environment(
            gate,
            side,
            dialer,
            understanding,
            catalog,
            new CancelKeys(),
            new HalfOpen(HALF_OPEN_PER_ADDRESS)));
  }

  private PostgresqlProtocol(Environment environment) {
    this.environment = environment;
  }

  /** The same for another listener; a session of either can be cancelled at both. */
  public PostgresqlProtocol at(ClientSide other) {
    return new PostgresqlProtocol(environment.at(other));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void accept(Channel client) {
    InetAddress address = ((InetSocketAddress) client.remoteAddress()).getAddress();
    Runnable leave = environment.halfOpen().enter(address);
    if (leave == null) {
      refuse(client);
      return;
    }
    client.closeFuture().addListener(closed -> leave.run());
    client.pipeline().addLast(new FirstByte(environment.side().tls()));
    PostgresqlDecoder decoder = PostgresqlDecoder.ofClient();
    client.pipeline().addLast(decoder);
    client.pipeline().addLast(new PostgresqlHandshake(environment, decoder, leave));
  }

  private static void refuse(Channel client) {
    Report full =
        PostgresqlReplies.fatal(
            SqlState.TOO_MANY_CONNECTIONS,
            "too many connections from this address that have not signed in");
    client
        .writeAndFlush(
            new PostgresqlEncoder(client.alloc()).report(PostgresqlMessage.ERROR_RESPONSE, full))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
