package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Credential;
import dev.blastwall.protocol.Secret;
import io.netty.channel.ChannelHandlerContext;

/** A token in place of a password (manual, "Start-up", AuthenticationCleartextPassword). */
final class PasswordSignIn implements ClientSignIn {

  @Override
  public void ask(ChannelHandlerContext ctx, Then then) {
    ctx.writeAndFlush(new PostgresqlEncoder(ctx.alloc()).authenticationCleartextPassword());
  }

  @Override
  public void answer(ChannelHandlerContext ctx, PostgresqlMessage message, Then then) {
    if (message.type() != PostgresqlMessage.PASSWORD) {
      throw ProtocolViolation.malformed("a password was expected");
    }
    Body body = message.body();
    Secret token = new Secret(body.text());
    body.end();
    then.presented(new Credential.Token(token));
  }

  @Override
  public void refused(ChannelHandlerContext ctx, Report report, Then then) {
    then.denied(report);
  }
}
