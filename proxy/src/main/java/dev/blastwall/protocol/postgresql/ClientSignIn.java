package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Credential;
import io.netty.channel.ChannelHandlerContext;

/** One client's way to prove who it is; it belongs to that client's event loop. */
interface ClientSignIn {

  /** Hears how it goes. */
  interface Then {
    /** The client presented something; whether it counts is the gate's to say. */
    void presented(Credential credential);

    /** There is nothing to ask the gate about. */
    void denied(Report report);
  }

  /** The client said what it wants: ask it who it is. */
  void ask(ChannelHandlerContext ctx, Then then);

  /**
   * The client answers.
   *
   * @throws ProtocolViolation when it says something else
   */
  void answer(ChannelHandlerContext ctx, PostgresqlMessage message, Then then);

  /**
   * The gate says no.
   *
   * @param report what the client hears in the end
   * @param then is told when it may hear it
   */
  void refused(ChannelHandlerContext ctx, Report report, Then then);

  static ClientSignIn by(SignInMethod method) {
    return switch (method) {
      case SignInMethod.Password password -> new PasswordSignIn();
      case SignInMethod.OAuthBearer bearer -> new BearerSignIn(bearer);
      case SignInMethod.Certificate certificate -> new CertificateSignIn(certificate.issuer());
    };
  }
}
