package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.SessionGate;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;

/** The step from sign-in to session: both connections get their last handler. */
final class SessionStart {

  private static final byte IDLE = 'I';

  private SessionStart() {}

  /**
   * Starts a session and tells the client that it is ready.
   *
   * @param longKey whether the client takes cancel keys longer than 4 bytes
   * @param handshake the client's handler so far; it is replaced
   */
  static void begin(
      Environment environment,
      SessionGate gate,
      Ends ends,
      UpstreamSignIn.SignedIn upstream,
      boolean longKey,
      ChannelHandlerContext handshake) {
    Channel client = ends.client();
    CancelForwarder canceller =
        new CancelForwarder(environment.dialer(), ends.address(), upstream.key());
    PostgresqlSession session = new PostgresqlSession(ends, gate, environment, canceller);
    CancelKey key =
        environment
            .cancelKeys()
            .issue(
                longKey,
                ((InetSocketAddress) client.remoteAddress()).getAddress(),
                () -> client.eventLoop().execute(() -> session.commands().cancel()));
    client.closeFuture().addListener(closed -> environment.cancelKeys().revoke(key));
    upstream.channel().pipeline().removeLast();
    upstream.channel().pipeline().addLast(session.upstreamHandler());
    client.pipeline().replace(handshake.handler(), null, session.clientHandler());
    welcome(client, upstream, key);
    gate.onEnding(session::endedBy);
  }

  private static void welcome(Channel client, UpstreamSignIn.SignedIn upstream, CancelKey key) {
    PostgresqlEncoder encoder = new PostgresqlEncoder(client.alloc());
    client.write(encoder.authenticationOk());
    for (ByteBuf parameter : upstream.parameters()) {
      client.write(parameter);
    }
    client.write(encoder.backendKeyData(key));
    client.writeAndFlush(encoder.readyForQuery(IDLE));
  }
}
