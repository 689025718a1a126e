package dev.blastwall.gateway;

import dev.blastwall.config.Configuration;
import dev.blastwall.config.ConfiguredSignIn;
import dev.blastwall.config.ConfiguredTls;
import dev.blastwall.config.PostgresqlListener;
import dev.blastwall.identity.CertificateIssuer;
import dev.blastwall.protocol.postgresql.ClientSide;
import dev.blastwall.protocol.postgresql.PostgresqlProtocol;
import dev.blastwall.protocol.postgresql.SignInMethod;
import dev.blastwall.transport.EventLoops;
import dev.blastwall.transport.Listener;
import dev.blastwall.transport.ServerTls;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** The listeners for PostgreSQL, with all that they read from files, before they accept. */
final class PostgresqlListeners {

  private record Prepared(InetSocketAddress address, ClientSide side) {}

  private final SequencedMap<String, Prepared> prepared = new LinkedHashMap<>();
  private final Map<String, CertificateIssuer> certificateIssuers = new HashMap<>();

  private PostgresqlListeners() {}

  /**
   * Reads what the listeners need.
   *
   * @throws IOException when a file is not what it should be
   */
  static PostgresqlListeners prepare(Configuration configuration) throws IOException {
    PostgresqlListeners all = new PostgresqlListeners();
    for (Map.Entry<String, PostgresqlListener> entry : configuration.postgresql().entrySet()) {
      all.add(entry.getKey(), entry.getValue(), configuration.data());
    }
    return all;
  }

  private void add(String name, PostgresqlListener listener, Path data) throws IOException {
    ServerTls own = certificate(listener, data);
    ClientSide side =
        new ClientSide(
            tls(own, listener.signIn()),
            listener.cleartextOnLoopback(),
            method(listener.signIn()),
            listener.signInTimeout());
    prepared.put(
        name, new Prepared(new InetSocketAddress(listener.address(), listener.port()), side));
    if (listener.signIn() instanceof ConfiguredSignIn.Certificate certificate) {
      certificateIssuers.put(certificate.names().issuer(), certificate.names());
    }
  }

  private static ServerTls certificate(PostgresqlListener listener, Path data) throws IOException {
    return switch (listener.tls()) {
      case ConfiguredTls.SelfSigned() -> ServerTls.selfSigned(data, listener.address());
      case ConfiguredTls.Provided provided -> new ServerTls(provided.certificate(), provided.key());
    };
  }

  private static SslContext tls(ServerTls own, ConfiguredSignIn signIn) throws IOException {
    return signIn instanceof ConfiguredSignIn.Certificate certificate
        ? own.context(PostgresqlProtocol.NAME, certificate.authorities())
        : own.context(PostgresqlProtocol.NAME);
  }

  private static SignInMethod method(ConfiguredSignIn signIn) {
    return switch (signIn) {
      case ConfiguredSignIn.Password password -> new SignInMethod.Password();
      case ConfiguredSignIn.OAuthBearer bearer ->
          new SignInMethod.OAuthBearer(bearer.issuer(), bearer.scope());
      case ConfiguredSignIn.Certificate certificate ->
          new SignInMethod.Certificate(certificate.names().issuer());
    };
  }

  /** How certificates are read, by the issuers that their listeners give them. */
  Map<String, CertificateIssuer> certificateIssuers() {
    return certificateIssuers;
  }

  ClientSide first() {
    return prepared.firstEntry().getValue().side();
  }

  /**
   * Starts to accept clients at all of them.
   *
   * @param protocol what they speak, with what all share
   * @param parts takes the listeners
   */
  SequencedMap<String, Listener> open(EventLoops loops, PostgresqlProtocol protocol, Parts parts)
      throws IOException {
    SequencedMap<String, Listener> open = new LinkedHashMap<>();
    for (Map.Entry<String, Prepared> entry : prepared.entrySet()) {
      Prepared next = entry.getValue();
      open.put(
          entry.getKey(),
          parts.add(Listener.bind(loops, next.address(), protocol.at(next.side()))));
    }
    return open;
  }
}
