package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.PostgresqlMessage.HEADER;

import dev.blastwall.masking.MaskPlan;
import dev.blastwall.protocol.sql.describe.SqlDetail;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Rows that COPY sends, one in each message (manual, "COPY Operations" and the page of COPY, "File
 * Formats"): columns that have a mask are changed in their places, and detectors look at each line.
 */
final class CopyRows implements RowMask {

  /** Changes the columns of one row. */
  @FunctionalInterface
  interface Line {
    byte[] masked(byte[] row);
  }

  private static final byte TEXT = 0;

  private final MaskPlan plan;
  private final Line line;
  private boolean header;

  private CopyRows(MaskPlan plan, Line line, boolean header) {
    this.plan = plan;
    this.line = line;
    this.header = header;
  }

  /**
   * How the rows of a COPY reach the client.
   *
   * @param response the body of its CopyOutResponse
   */
  static Rows rows(Running running, Body response) {
    CopyPlan copy = running.judged().copyPlan();
    if (copy == null) {
      throw ProtocolViolation.malformed("the upstream sends COPY data that nothing asked for");
    }
    if (copy.plan().isEmpty()) {
      return Rows.Verbatim.VERBATIM;
    }
    boolean text = response.int8() == TEXT;
    int width = Short.toUnsignedInt(response.int16());
    boolean expected = text == (copy.copy().format() != SqlDetail.Format.BINARY);
    if (!expected || copy.width() != CopyPlan.UNKNOWN && copy.width() != width) {
      throw ProtocolViolation.malformed("the upstream sends COPY data in a form not asked for");
    }
    return new Rows.Masked(new CopyRows(copy.plan(), line(copy), copy.copy().header()));
  }

  private static Line line(CopyPlan copy) {
    if (copy.plan().columns().isEmpty()) {
      return row -> row;
    }
    return switch (copy.copy().format()) {
      case TEXT -> new CopyLine(copy, new CopyText(copy.copy()));
      case CSV -> new CopyLine(copy, new CopyCsv(copy.copy()));
      case BINARY -> new CopyBinary(copy);
    };
  }

  @Override
  public ByteBuf apply(ByteBuf run, ByteBufAllocator allocator) {
    ByteBuf out = allocator.buffer(run.readableBytes());
    try {
      int at = run.readerIndex();
      while (at < run.writerIndex()) {
        int end = at + 1 + run.getInt(at + 1);
        byte[] row = new byte[end - at - HEADER];
        run.getBytes(at + HEADER, row);
        byte[] masked = masked(row);
        out.writeByte(PostgresqlMessage.COPY_DATA)
            .writeInt(masked.length + PostgresqlMessage.LENGTH_FIELD)
            .writeBytes(masked);
        at = end;
      }
      return out;
    } catch (RuntimeException e) {
      out.release();
      throw e;
    }
  }

  private byte[] masked(byte[] row) {
    byte[] changed = header ? row : line.masked(row);
    header = false;
    byte[] masked = plan.detect(changed);
    if (masked == null) {
      throw new IllegalStateException("a detector's NULL has no place in a line");
    }
    return masked;
  }
}
