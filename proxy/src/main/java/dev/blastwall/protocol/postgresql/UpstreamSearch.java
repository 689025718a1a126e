package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Dialer;
import dev.blastwall.protocol.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Signs in to the first server of an upstream that takes the gateway, one after the other in the
 * order of the configuration (manual, libpq, "Specifying Multiple Hosts"). A server that refuses
 * the gateway ends the search, since the next would too. Lives on the client's event loop.
 */
final class UpstreamSearch {

  /** Gets what comes of it, on the event loop. */
  interface Then {
    /**
     * A server is ready for queries.
     *
     * @param address the upstream with this server alone
     */
    void found(UpstreamSignIn.SignedIn server, Upstream address);

    /** A server does not take the gateway; perhaps another does. */
    void passed(UpstreamFailure failure);

    /** None does. */
    void failed(Report report);
  }

  private final Upstream upstream;
  private final Dialer dialer;
  private final Map<String, String> settings;
  private final EventLoop loop;
  private final Then then;
  private final Iterator<Upstream.Address> next;
  private @Nullable UpstreamFailure worst;
  private @Nullable Channel current;
  private boolean over;

  UpstreamSearch(
      Upstream upstream, Dialer dialer, Map<String, String> settings, EventLoop loop, Then then) {
    this.upstream = upstream;
    this.dialer = dialer;
    this.settings = settings;
    this.loop = loop;
    this.then = then;
    this.next = upstream.addresses().iterator();
  }

  /** Tries the next server. */
  void begin() {
    Upstream address = upstream.at(next.next());
    Attempt attempt = new Attempt(address);
    UpstreamSignIn signIn = new UpstreamSignIn(address, dialer, settings, attempt);
    ChannelFuture dialled = dialer.dial(address, loop, signIn);
    current = dialled.channel();
    attempt.deadline =
        loop.schedule(
            () -> attempt.unreachable("the upstream did not answer in time"),
            upstream.patience().connect().toMillis(),
            TimeUnit.MILLISECONDS);
    dialled.addListener(connected -> {
      if (!connected.isSuccess()) {
        attempt.unreachable("the upstream cannot be reached");
      }
    });
  }

  /** Nobody waits for it any more. */
  void abandon() {
    over = true;
    if (current != null) {
      current.close();
    }
  }

  private void goOnAfter(UpstreamFailure failure) {
    then.passed(failure);
    if (worst == null || failure.tellsMoreThan(worst)) {
      worst = failure;
    }
    if (failure.mayWorkElsewhere() && next.hasNext()) {
      begin();
    } else {
      over = true;
      then.failed(worst.report());
    }
  }

  /** One server's turn; it ends once. */
  private final class Attempt implements UpstreamSignIn.Then {
    private final Upstream address;
    private @Nullable Future<?> deadline;
    private boolean ended;

    Attempt(Upstream address) {
      this.address = address;
    }

    private boolean end() {
      if (deadline != null) {
        deadline.cancel(false);
      }
      boolean first = !ended;
      ended = true;
      return first && !over;
    }

    void unreachable(String message) {
      Channel channel = current;
      if (end()) {
        goOnAfter(
            new UpstreamFailure(
                PostgresqlReplies.fatal(SqlState.UNABLE_TO_CONNECT, message),
                UpstreamFailure.Kind.UNREACHABLE));
        if (channel != null) {
          channel.close();
        }
      }
    }

    @Override
    public void signedIn(UpstreamSignIn.SignedIn server) {
      if (end()) {
        over = true;
        then.found(server, address);
      } else {
        server.parameters().forEach(ByteBuf::release);
        server.channel().close();
      }
    }

    @Override
    public void failed(UpstreamFailure failure) {
      if (end()) {
        goOnAfter(failure);
      }
    }
  }
}
