package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.protocol.FakeGate;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.transport.ServerTls;
import dev.blastwall.transport.UpstreamDialer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that never come to the point; time is passed in. */
class PostgresqlHandshakeTest {

  private static final Duration MOMENT = Duration.ofSeconds(1);

  @TempDir private Path folder;

  private final SqlUnderstanding understanding = new SqlUnderstanding(1);
  private final PostgresqlCatalog catalog = new PostgresqlCatalog(understanding);
  private final AtomicInteger settled = new AtomicInteger();
  private EmbeddedChannel client;

  @BeforeEach
  void connect() throws Exception {
    FakeGate gate =
        new FakeGate(() -> {
          throw new IllegalStateException("nobody gets so far");
        });
    Environment environment =
        new Environment(
            gate,
            ClientSide.of(
                ServerTls.selfSigned(folder, "localhost").context(PostgresqlProtocol.NAME), true),
            new UpstreamDialer(List.of()),
            understanding,
            catalog,
            new CancelKeys(),
            new HalfOpen(1));
    client = new EmbeddedChannel();
    client.freezeTime();
    PostgresqlDecoder decoder = PostgresqlDecoder.ofClient();
    client
        .pipeline()
        .addLast(decoder, new PostgresqlHandshake(environment, decoder, settled::incrementAndGet));
  }

  @AfterEach
  void close() {
    client.finishAndReleaseAll();
    catalog.close();
    understanding.close();
  }

  @Test
  void aClientThatSaysNothingIsCutOff() {
    pass(ClientSide.PATIENCE.minus(MOMENT));
    assertThat(client.isOpen()).isTrue();

    pass(MOMENT);

    assertThat(goodbye()).contains("28000", "took too long");
    assertThat(client.isOpen()).isFalse();
    assertThat(settled).hasPositiveValue();
  }

  @Test
  void aByteNowAndThenBuysNoTime() {
    byte[] startup = RawClient.startup(3 << 16, "user", "alice", "database", "shop");
    int steps = startup.length - 1;

    for (int i = 0; i < steps; i++) {
      client.writeInbound(Unpooled.wrappedBuffer(startup, i, 1));
      pass(ClientSide.PATIENCE.dividedBy(steps).plusNanos(1));
    }

    assertThat(goodbye()).contains("took too long");
    assertThat(client.isOpen()).isFalse();
  }

  @Test
  void askingForTlsBuysNoTime() {
    client.writeInbound(Unpooled.wrappedBuffer(RawClient.request(80877104)));
    client.releaseOutbound();
    pass(ClientSide.PATIENCE);

    assertThat(goodbye()).contains("took too long");
    assertThat(client.isOpen()).isFalse();
  }

  @Test
  void oneAddressTakesNoPlaceOfAnother() {
    HalfOpen halfOpen = new HalfOpen(2);
    InetAddress greedy = InetAddress.ofLiteral("192.0.2.1");
    Runnable first = Objects.requireNonNull(halfOpen.enter(greedy));
    halfOpen.enter(greedy);

    assertThat(halfOpen.enter(greedy)).isNull();
    assertThat(halfOpen.enter(InetAddress.ofLiteral("192.0.2.2"))).isNotNull();

    first.run();
    first.run();
    assertThat(halfOpen.enter(greedy)).isNotNull();
    assertThat(halfOpen.enter(greedy)).isNull();
  }

  private void pass(Duration time) {
    client.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    client.runScheduledPendingTasks();
    client.runPendingTasks();
  }

  private String goodbye() {
    ByteBuf said = client.readOutbound();
    assertThat(said).as("a last word").isNotNull();
    try {
      return said.toString(StandardCharsets.UTF_8);
    } finally {
      said.release();
    }
  }
}
