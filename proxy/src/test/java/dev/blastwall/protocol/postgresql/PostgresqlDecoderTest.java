package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PostgresqlDecoderTest {

  @Test
  void neighbouringRowsAreOneRun() {
    EmbeddedChannel channel = new EmbeddedChannel(PostgresqlDecoder.ofServer());
    byte[] row = RawClient.message('D', "\0\0");
    channel.writeInbound(
        Unpooled.wrappedBuffer(RawClient.all(row, row, row, RawClient.message('C', "SELECT 3\0"))));
    PostgresqlMessage run = channel.readInbound();
    assertThat(run.count()).isEqualTo(3);
    assertThat(run.length()).isEqualTo(3 * row.length);
    run.release();
    PostgresqlMessage complete = channel.readInbound();
    assertThat((char) complete.type()).isEqualTo('C');
    complete.release();
  }

  @Test
  void describesOfAClientDoNotRun() {
    EmbeddedChannel channel = started();
    byte[] describe = RawClient.describe('P', "");
    channel.writeInbound(Unpooled.wrappedBuffer(RawClient.all(describe, describe)));
    PostgresqlMessage first = channel.readInbound();
    assertThat(first.count()).isEqualTo(1);
    first.release();
    channel.finishAndReleaseAll();
  }

  private static EmbeddedChannel started() {
    PostgresqlDecoder decoder = PostgresqlDecoder.ofClient();
    decoder.started();
    return new EmbeddedChannel(decoder);
  }

  @Test
  void aLengthAboveTheLimitIsRefusedBeforeItsBytesCome() {
    EmbeddedChannel channel = started();
    assertThat(violation(channel, new byte[] {'S', 0, 1, 0, 0})).isEqualTo("54000");
  }

  @Test
  void nothingIsReadAfterAViolation() {
    EmbeddedChannel channel = started();
    violation(channel, new byte[] {'S', 0, 0, 0, 0});
    channel.writeInbound(Unpooled.wrappedBuffer(RawClient.query("select 1")));
    assertThat((Object) channel.readInbound()).isNull();
  }

  private static String violation(EmbeddedChannel channel, byte[] bytes) {
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes));
      return "";
    } catch (ProtocolViolation e) {
      return e.sqlState();
    }
  }

  @Property(tries = 300)
  void whereverBytesAreCutTheMessagesAreTheSame(
      @ForAll("conversations") byte[] conversation, @ForAll @IntRange(min = 1, max = 20) int step) {
    assertThat(frames(conversation, step)).isEqualTo(conversation);
  }

  @Provide
  Arbitrary<byte[]> conversations() {
    Arbitrary<Character> type = Arbitraries.of('1', '2', 'C', 'D', 'd', 'E', 'N', 'S', 'T', 'Z');
    Arbitrary<byte[]> body = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
    return Combinators.combine(type, body)
        .as(RawClient::message)
        .list()
        .ofMaxSize(12)
        .map(messages -> RawClient.all(messages.toArray(byte[][]::new)));
  }

  private static byte[] frames(byte[] conversation, int step) {
    EmbeddedChannel channel = new EmbeddedChannel(PostgresqlDecoder.ofServer());
    for (int at = 0; at < conversation.length; at += step) {
      int end = Math.min(conversation.length, at + step);
      channel.writeInbound(Unpooled.wrappedBuffer(Arrays.copyOfRange(conversation, at, end)));
    }
    ByteBuf all = Unpooled.buffer();
    for (PostgresqlMessage m = channel.readInbound(); m != null; m = channel.readInbound()) {
      all.writeBytes(m.frames());
      m.release();
    }
    byte[] bytes = new byte[all.readableBytes()];
    all.readBytes(bytes);
    channel.finishAndReleaseAll();
    return bytes;
  }

  @Property(tries = 1000)
  void garbageIsMessagesOrAViolationAndNothingElse(
      @ForAll @Size(max = 200) byte[] garbage, @ForAll boolean server) {
    EmbeddedChannel channel =
        server
            ? new EmbeddedChannel(PostgresqlDecoder.ofServer())
            : new EmbeddedChannel(PostgresqlDecoder.ofClient());
    violation(channel, garbage);
    channel.finishAndReleaseAll();
  }

  @Property(tries = 1000)
  void aBodyIsReadOrAViolation(@ForAll @Size(max = 60) byte[] body) {
    readOrViolation(() -> BindMessage.read(new Body(Unpooled.wrappedBuffer(body))));
    readOrViolation(() -> WireColumn.readAll(new Body(Unpooled.wrappedBuffer(body))));
    readOrViolation(() -> Report.read(new Body(Unpooled.wrappedBuffer(body))));
    readOrViolation(() -> Target.read(new Body(Unpooled.wrappedBuffer(body))));
    readOrViolation(() -> CancelKey.read(new Body(Unpooled.wrappedBuffer(body))));
  }

  private static void readOrViolation(Runnable reading) {
    try {
      reading.run();
    } catch (ProtocolViolation expected) {
      assertThat(expected.sqlState()).isNotEmpty();
    }
  }
}
