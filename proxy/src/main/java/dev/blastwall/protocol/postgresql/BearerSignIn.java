package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Credential;
import dev.blastwall.protocol.Secret;
import io.netty.channel.ChannelHandlerContext;

/**
 * A token as OAUTHBEARER says (RFC 7628; manual, "SASL Authentication"). A client that has none
 * asks with an empty one where to get it, and hears that in the form of an error; so does one whose
 * token is refused. It acknowledges with one byte, and only then comes the ErrorResponse (RFC 7628,
 * section 3.2.3).
 */
final class BearerSignIn implements ClientSignIn {

  private static final byte ACKNOWLEDGED = 0x01;
  private static final int NO_RESPONSE = -1;

  private final SignInMethod.OAuthBearer method;
  private State state = new State.Asked();

  BearerSignIn(SignInMethod.OAuthBearer method) {
    this.method = method;
  }

  /** How far the exchange has come. */
  private sealed interface State {
    record Asked() implements State {}

    /** The gate looks at the token. */
    record Presented() implements State {}

    /** The client was told what is wrong, and acknowledges it next. */
    record Failed(Report report) implements State {}
  }

  @Override
  public void ask(ChannelHandlerContext ctx, Then then) {
    ctx.writeAndFlush(new PostgresqlEncoder(ctx.alloc()).authenticationSasl(BearerMessage.NAME));
  }

  @Override
  public void answer(ChannelHandlerContext ctx, PostgresqlMessage message, Then then) {
    if (message.type() != PostgresqlMessage.PASSWORD) {
      throw ProtocolViolation.malformed("a SASL message was expected");
    }
    switch (state) {
      case State.Asked asked -> first(ctx, message.body(), then);
      case State.Presented presented ->
          throw ProtocolViolation.malformed("a SASL message out of place");
      case State.Failed(Report report) -> acknowledged(message.body(), report, then);
    }
  }

  /** SASLInitialResponse: mechanism, length, data. */
  private void first(ChannelHandlerContext ctx, Body body, Then then) {
    if (!body.text().equals(BearerMessage.NAME)) {
      throw ProtocolViolation.malformed("a SASL mechanism that was not offered");
    }
    int length = body.int32();
    String token = length == NO_RESPONSE ? "" : BearerMessage.token(body.utf8(length));
    body.end();
    if (token.isEmpty()) {
      refused(ctx, noToken(), then);
    } else {
      state = new State.Presented();
      then.presented(new Credential.Token(new Secret(token)));
    }
  }

  private Report noToken() {
    return PostgresqlReplies.fatal(
            SqlState.INVALID_AUTHORIZATION, "the gateway takes a token of OAuth here")
        .with(Report.HINT, "Connect with oauth_issuer=" + method.issuer() + " oauth_client_id=…");
  }

  @Override
  public void refused(ChannelHandlerContext ctx, Report report, Then then) {
    state = new State.Failed(report);
    ctx.writeAndFlush(
        new PostgresqlEncoder(ctx.alloc())
            .authenticationSaslContinue(BearerMessage.failure(method)));
  }

  private static void acknowledged(Body body, Report report, Then then) {
    if (body.remaining() != 1 || body.int8() != ACKNOWLEDGED) {
      throw ProtocolViolation.malformed("a failed sign-in was not acknowledged");
    }
    then.denied(report);
  }
}
