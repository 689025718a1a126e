package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Credential;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;

/** A certificate that TLS has checked already; the client is asked for nothing. */
final class CertificateSignIn implements ClientSignIn {

  private final String issuer;

  CertificateSignIn(String issuer) {
    this.issuer = issuer;
  }

  @Override
  public void ask(ChannelHandlerContext ctx, Then then) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    try {
      X509Certificate certificate =
          (X509Certificate) tls.engine().getSession().getPeerCertificates()[0];
      then.presented(new Credential.Certificate(issuer, certificate));
    } catch (SSLPeerUnverifiedException e) {
      then.denied(
          PostgresqlReplies.fatal(
                  SqlState.INVALID_AUTHORIZATION, "the gateway takes a client certificate here")
              .with(Report.HINT, "Name yours and its key: sslcert=… sslkey=…"));
    }
  }

  @Override
  public void answer(ChannelHandlerContext ctx, PostgresqlMessage message, Then then) {
    throw ProtocolViolation.malformed("a message before sign-in is complete");
  }

  @Override
  public void refused(ChannelHandlerContext ctx, Report report, Then then) {
    then.denied(report);
  }
}
