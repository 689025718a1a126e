package dev.blastwall.protocol.postgresql;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Messages a second through the decoder, some thousand at a time as from a socket under load. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@NullMarked
public class PostgresqlDecoderBenchmark {

  private static final int MESSAGES = 1000;

  /** Header and content of one row with a 64-byte column. */
  private static final int ROW = 75;

  private final PostgresqlDecoder ofClient = PostgresqlDecoder.ofClient();
  private final EmbeddedChannel client = new EmbeddedChannel(ofClient);
  private final EmbeddedChannel server = new EmbeddedChannel(PostgresqlDecoder.ofServer());
  private final ByteBuf queries = Unpooled.directBuffer();
  private final ByteBuf rows = Unpooled.directBuffer();

  /** Writes what the two sides send. */
  @Setup
  public void fill() {
    ofClient.started();
    byte[] text =
        "SELECT abalance FROM pgbench_accounts WHERE aid = 123456;\0"
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < MESSAGES; i++) {
      queries.writeByte(PostgresqlMessage.QUERY);
      queries.writeInt(PostgresqlMessage.LENGTH_FIELD + text.length).writeBytes(text);
      rows.writeByte(PostgresqlMessage.DATA_ROW).writeInt(ROW - 1);
      rows.writeShort(1).writeInt(64).writeZero(64);
    }
  }

  /** A pipeline of simple queries: each is a message of its own. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public int queries() {
    return decode(client, queries);
  }

  /** The rows of a large result: neighbours go on together. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public int rows() {
    return decode(server, rows);
  }

  private static int decode(EmbeddedChannel channel, ByteBuf bytes) {
    channel.writeInbound(bytes.retainedDuplicate());
    int decoded = 0;
    while (channel.readInbound() instanceof PostgresqlMessage message) {
      decoded += message.count();
      message.frames().release();
    }
    if (decoded != MESSAGES) {
      throw new IllegalStateException("decoded " + decoded + " of " + MESSAGES + " messages");
    }
    return decoded;
  }

  /** Gives the bytes back. */
  @TearDown
  public void close() {
    client.close();
    server.close();
    queries.release();
    rows.release();
  }
}
