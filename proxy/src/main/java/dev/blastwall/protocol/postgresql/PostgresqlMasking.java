package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.PostgresqlMessage.HEADER;

import dev.blastwall.masking.MaskPlan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes values in DataRow messages (manual, "Message Formats", DataRow). A run of rows in which
 * nothing is to be changed stays the very bytes that came.
 */
final class PostgresqlMasking implements RowMask {

  private static final int COUNT = 2;
  private static final int LENGTH = 4;
  private static final int NULL_LENGTH = -1;

  private final @Nullable ValueMask[] masks;

  private PostgresqlMasking(@Nullable ValueMask[] masks) {
    this.masks = masks;
  }

  /** The types of masked columns that not every database has. */
  static Set<Integer> unknownTypes(MaskPlan plan, List<WireColumn> columns) {
    Set<Integer> types = new LinkedHashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      int type = columns.get(i).type();
      if (plan.column(i) != null && PostgresqlType.shape(type) == null) {
        types.add(type);
      }
    }
    return types;
  }

  /**
   * How rows of {@code columns} reach the client under {@code plan}.
   *
   * @param shapes of {@link #unknownTypes}, and of what they are made of
   */
  static Rows rows(MaskPlan plan, List<WireColumn> columns, Map<Integer, TypeShape> shapes) {
    @Nullable ValueMask[] masks = new ValueMask[columns.size()];
    boolean any = false;
    for (int i = 0; i < masks.length; i++) {
      masks[i] = ValueMask.of(i, columns.get(i), plan, shapes);
      any |= masks[i] != null;
    }
    return any ? new Rows.Masked(new PostgresqlMasking(masks)) : Rows.Verbatim.VERBATIM;
  }

  @Override
  public ByteBuf apply(ByteBuf run, ByteBufAllocator allocator) {
    Rewriting rewriting = new Rewriting(run, allocator);
    try {
      int at = run.readerIndex();
      while (at < run.writerIndex()) {
        at = row(rewriting, at);
      }
      return rewriting.result();
    } catch (RuntimeException e) {
      rewriting.discard();
      throw e;
    }
  }

  private int row(Rewriting rewriting, int start) {
    ByteBuf run = rewriting.run;
    int end = start + 1 + run.getInt(start + 1);
    int at = start + HEADER + COUNT;
    if (end < at || run.getShort(start + HEADER) != masks.length) {
      throw ProtocolViolation.malformed("a row that does not fit its description");
    }
    rewriting.beginRow(start);
    for (ValueMask mask : masks) {
      at = value(rewriting, mask, at, end);
    }
    if (at != end) {
      throw ProtocolViolation.malformed("a row is longer than its values");
    }
    rewriting.endRow(end);
    return end;
  }

  private static int value(Rewriting rewriting, @Nullable ValueMask mask, int at, int end) {
    int length = at + LENGTH <= end ? rewriting.run.getInt(at) : Integer.MAX_VALUE;
    if (length == NULL_LENGTH) {
      return at + LENGTH;
    }
    if (length < 0 || length > end - at - LENGTH) {
      throw ProtocolViolation.malformed("a row is shorter than its values");
    }
    if (mask != null) {
      rewriting.mask(mask, at, length);
    }
    return at + LENGTH + length;
  }

  /** Copies only what stands between two changes, and only once there is a change. */
  private static final class Rewriting {
    private final ByteBuf run;
    private final ByteBufAllocator allocator;
    private @Nullable ByteBuf out;
    private int copied;
    private int rowStart;
    private int rowInOut = -1;

    Rewriting(ByteBuf run, ByteBufAllocator allocator) {
      this.run = run;
      this.allocator = allocator;
      copied = run.readerIndex();
    }

    void beginRow(int start) {
      rowStart = start;
      rowInOut = -1;
    }

    void mask(ValueMask mask, int at, int length) {
      byte[] value = new byte[length];
      run.getBytes(at + LENGTH, value);
      byte[] masked = mask.apply(value);
      if (masked != value) {
        replace(at, length, masked);
      }
    }

    private void replace(int at, int length, byte @Nullable [] masked) {
      ByteBuf target = target();
      if (rowInOut < 0) {
        rowInOut = target.writerIndex() + rowStart - copied;
      }
      target.writeBytes(run, copied, at - copied);
      if (masked == null) {
        target.writeInt(NULL_LENGTH);
      } else {
        target.writeInt(masked.length).writeBytes(masked);
      }
      copied = at + LENGTH + length;
    }

    private ByteBuf target() {
      if (out == null) {
        out = allocator.buffer(run.readableBytes());
      }
      return out;
    }

    void endRow(int end) {
      if (rowInOut >= 0) {
        ByteBuf target = target();
        target.writeBytes(run, copied, end - copied);
        copied = end;
        target.setInt(rowInOut + 1, target.writerIndex() - rowInOut - 1);
      }
    }

    ByteBuf result() {
      return out == null ? run : out.writeBytes(run, copied, run.writerIndex() - copied);
    }

    void discard() {
      if (out != null) {
        out.release();
      }
    }
  }
}
