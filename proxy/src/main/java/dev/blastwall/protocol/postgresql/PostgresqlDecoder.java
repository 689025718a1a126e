package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.PostgresqlMessage.COPY_DATA;
import static dev.blastwall.protocol.postgresql.PostgresqlMessage.DATA_ROW;
import static dev.blastwall.protocol.postgresql.PostgresqlMessage.HEADER;
import static dev.blastwall.protocol.postgresql.PostgresqlMessage.LENGTH_FIELD;
import static dev.blastwall.protocol.postgresql.PostgresqlMessage.UNTYPED;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts bytes into messages, from either side. Looks no deeper than the header, trusts neither side
 * with a length, and waits for no more bytes than the message's own limit.
 */
final class PostgresqlDecoder extends ByteToMessageDecoder {

  private enum State {
    /** Before StartupMessage: a length and no type ("Message Formats", StartupMessage). */
    UNTYPED_MESSAGES,
    TYPED_MESSAGES,
    /** The peer broke the protocol: the rest is nobody's business. */
    BROKEN
  }

  /**
   * Neighbours are handed on together up to this many bytes, so that they can be flushed at once.
   */
  private static final int RUN_LIMIT = 256 * 1024;

  private final PostgresqlLimits limits;
  private State state;

  private PostgresqlDecoder(PostgresqlLimits limits, State state) {
    this.limits = limits;
    this.state = state;
  }

  /** For what a client sends, from its first byte on. */
  static PostgresqlDecoder ofClient() {
    return new PostgresqlDecoder(PostgresqlLimits.CLIENT, State.UNTYPED_MESSAGES);
  }

  /** For what a server sends, from its first message on. */
  static PostgresqlDecoder ofServer() {
    return new PostgresqlDecoder(PostgresqlLimits.SERVER, State.TYPED_MESSAGES);
  }

  /** The StartupMessage was read: from here on messages have a type. */
  void started() {
    state = State.TYPED_MESSAGES;
  }

  /** Whether bytes wait behind the message that was handed on last. */
  boolean holdsMore() {
    return actualReadableBytes() > 0;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    switch (state) {
      case UNTYPED_MESSAGES -> untyped(in, out);
      case TYPED_MESSAGES -> typed(in, out);
      case BROKEN -> in.skipBytes(in.readableBytes());
    }
  }

  private void untyped(ByteBuf in, List<Object> out) {
    if (in.readableBytes() < LENGTH_FIELD) {
      return;
    }
    int length = in.getInt(in.readerIndex());
    check(UNTYPED, length);
    if (in.readableBytes() >= length) {
      out.add(new PostgresqlMessage(UNTYPED, in.readRetainedSlice(length), 1));
    }
  }

  private void typed(ByteBuf in, List<Object> out) {
    int start = in.readerIndex();
    int first = frameAt(in, start);
    if (first == 0) {
      return;
    }
    byte type = in.getByte(start);
    int end = start + first;
    int count = 1;
    while (runs(type) && end - start < RUN_LIMIT && continues(in, end, type)) {
      int next = frameAt(in, end);
      if (next == 0) {
        break;
      }
      end += next;
      count++;
    }
    out.add(new PostgresqlMessage(type, in.readRetainedSlice(end - start), count));
  }

  private static boolean runs(byte type) {
    return type == DATA_ROW || type == COPY_DATA;
  }

  private boolean continues(ByteBuf in, int at, byte type) {
    // A client's 'D' is Describe: it never runs.
    return limits == PostgresqlLimits.SERVER && at < in.writerIndex() && in.getByte(at) == type;
  }

  /** Bytes of the whole message at {@code at}, or 0 when some of them are still to come. */
  private int frameAt(ByteBuf in, int at) {
    int available = in.writerIndex() - at;
    if (available < HEADER) {
      return 0;
    }
    int length = in.getInt(at + 1);
    check(in.getByte(at), length);
    return available > length ? length + 1 : 0;
  }

  private void check(byte type, int length) {
    try {
      limits.check(type, length);
    } catch (ProtocolViolation e) {
      state = State.BROKEN;
      throw e;
    }
  }
}
