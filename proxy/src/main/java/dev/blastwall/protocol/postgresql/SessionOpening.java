package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.Replication;
import dev.blastwall.protocol.Admission;
import dev.blastwall.protocol.Held;
import dev.blastwall.protocol.Observation;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.protocol.Verdict;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * A client that was let in, until its session begins: a server is found for it. One that asks for
 * replication instead is judged for that, and gets none.
 */
final class SessionOpening implements UpstreamSearch.Then {

  /** Hears what comes of it. */
  interface Then {
    /** The session begins now. */
    void settled();

    /** There will be none. */
    void denied(Report report);
  }

  private static final int LONG_KEYS_SINCE = 2;

  private final Environment environment;
  private final Admission.Admitted in;
  private final StartupParameters parameters;
  private final int minorVersion;
  private final ChannelHandlerContext ctx;
  private final Then then;
  private @Nullable UpstreamSearch search;

  SessionOpening(
      Environment environment,
      Admission.Admitted in,
      StartupParameters parameters,
      int minorVersion,
      ChannelHandlerContext ctx,
      Then then) {
    this.environment = environment;
    this.in = in;
    this.parameters = parameters;
    this.minorVersion = minorVersion;
    this.ctx = ctx;
    this.then = then;
  }

  void begin() {
    String replication = parameters.replication();
    if (replication == null) {
      search =
          new UpstreamSearch(
              in.upstream(),
              environment.dialer(),
              parameters.settings(),
              ctx.channel().eventLoop(),
              this);
      search.begin();
    } else {
      in.session()
          .judge(
              new Replication(PostgresqlProtocol.NAME, replication),
              Held::cancel,
              verdict -> then.denied(report(verdict)));
    }
  }

  /** Its stream is every row of every table, and the gateway can neither read nor mask it. */
  private static Report report(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Refused no -> PostgresqlReplies.denied(no.refusal());
      case Verdict.Forward forward ->
          PostgresqlReplies.fatal(
              SqlState.FEATURE_NOT_SUPPORTED, "the gateway does not offer replication");
    };
  }

  /** The client is gone, or out of time. */
  void abandon(String why) {
    if (search != null) {
      search.abandon();
    }
    in.session().close(why);
  }

  @Override
  public void found(UpstreamSignIn.SignedIn server, Upstream address) {
    then.settled();
    Ends ends = new Ends(ctx.channel(), server.channel(), address);
    boolean longKey = minorVersion >= LONG_KEYS_SINCE;
    SessionStart.begin(environment, in.session(), ends, server, longKey, ctx);
  }

  @Override
  public void passed(UpstreamFailure failure) {
    in.session().observe(new Observation.Fault(failure.report().field(Report.MESSAGE)));
  }

  @Override
  public void failed(Report report) {
    then.denied(report);
  }
}
