package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Dialer;
import dev.blastwall.protocol.FakeGate;
import dev.blastwall.protocol.Protocol;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.transport.EventLoops;
import dev.blastwall.transport.Listener;
import dev.blastwall.transport.ServerTls;
import dev.blastwall.transport.UpstreamDialer;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A gateway with a fake gate for one test, in front of whatever upstream that needs. */
final class SmallGateway implements AutoCloseable {

  static final ServerTls TLS = certificate();

  private final EventLoops loops = new EventLoops();
  private final SqlUnderstanding understanding = new SqlUnderstanding(1);
  private final PostgresqlCatalog catalog = new PostgresqlCatalog(understanding);
  private final List<Listener> listeners = new ArrayList<>();
  final FakeGate gate;

  /** Listeners for these sides; for clients with a token as their password where none is named. */
  SmallGateway(Upstream upstream, ClientSide... sides) throws IOException {
    this(upstream, dialer -> dialer, protocol -> protocol, sides);
  }

  SmallGateway(
      Upstream upstream,
      UnaryOperator<Dialer> dialer,
      UnaryOperator<Protocol> watched,
      ClientSide... sides)
      throws IOException {
    gate = new FakeGate(() -> upstream);
    List<ClientSide> all = sides.length == 0 ? List.of(ClientSide.of(tls(), true)) : List.of(sides);
    PostgresqlProtocol protocol =
        new PostgresqlProtocol(
            gate,
            all.getFirst(),
            dialer.apply(new UpstreamDialer(List.of(upstream))),
            understanding,
            catalog);
    for (ClientSide side : all) {
      listeners.add(
          Listener.bind(
              loops,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              watched.apply(protocol.at(side))));
    }
  }

  private static ServerTls certificate() {
    try {
      return ServerTls.selfSigned(
          Files.createTempDirectory(Path.of("target"), "small").toAbsolutePath(), "localhost");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static SslContext tls() throws IOException {
    return TLS.context(PostgresqlProtocol.NAME);
  }

  InetSocketAddress address() {
    return address(0);
  }

  InetSocketAddress address(int listener) {
    return listeners.get(listener).address();
  }

  @Override
  public void close() {
    listeners.forEach(Listener::close);
    loops.close();
    catalog.close();
    understanding.close();
  }
}
