package dev.blastwall.transport;

import dev.blastwall.protocol.Dialer;
import dev.blastwall.protocol.Upstream;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reaches upstreams by TCP. */
public final class UpstreamDialer implements Dialer {

  /** By the file of authorities; empty for those of the JVM. */
  private final Map<Optional<Path>, SslContext> contexts = new HashMap<>();

  /**
   * A dialer for these upstreams; reads their authorities now, since later it may not block.
   *
   * @throws IOException when a file cannot be read or holds no certificate
   */
  public UpstreamDialer(Collection<Upstream> upstreams) throws IOException {
    for (Upstream upstream : upstreams) {
      if (upstream.tls() == Upstream.Tls.VERIFY_FULL) {
        contexts.put(authorities(upstream), context(upstream.authorities()));
      }
    }
  }

  private static Optional<Path> authorities(Upstream upstream) {
    return Optional.ofNullable(upstream.authorities());
  }

  private static SslContext context(@Nullable Path authorities) throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .endpointIdentificationAlgorithm("HTTPS")
            .protocols("TLSv1.3", "TLSv1.2");
    if (authorities != null) {
      try (var pem = Files.newInputStream(authorities)) {
        builder.trustManager(pem);
      } catch (IllegalArgumentException e) {
        throw new IOException(authorities + " holds no certificate in PEM form", e);
      }
    }
    return builder.build();
  }

  @Override
  public ChannelFuture dial(Upstream upstream, EventLoop loop, ChannelHandler first) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(EventLoops.channel())
            .resolver(OffLoopResolver.INSTANCE)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(upstream.patience().connect()))
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, Listener.WRITE_MARKS)
            .handler(first);
    EventLoops.detectDead(bootstrap, upstream.patience().unacknowledged());
    return bootstrap.connect(upstream.host(), upstream.port());
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }

  @Override
  public SslContext tls(Upstream upstream) {
    return Objects.requireNonNull(
        contexts.get(authorities(upstream)), "not an upstream of this dialer");
  }
}
