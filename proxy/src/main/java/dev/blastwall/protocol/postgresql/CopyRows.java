package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.PostgresqlMessage.HEADER;

import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskPlan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Rows that COPY sends (manual, "COPY Operations"): lines of text without a description. Detectors
 * look at each line; a column's own mask would need the line's parts, so such a COPY is refused.
 */
final class CopyRows implements RowMask {

  private static final byte TEXT = 0;

  private final MaskPlan plan;

  private CopyRows(MaskPlan plan) {
    this.plan = plan;
  }

  /** Why rows under {@code plan} cannot be sent by COPY, or null when they can. */
  static @Nullable String obstacle(MaskPlan plan, boolean binary) {
    if (!plan.columns().isEmpty()) {
      return "COPY would send a column that is masked";
    }
    if (binary && !plan.isEmpty()) {
      return "COPY in binary format cannot be searched for values that are masked";
    }
    boolean removes =
        plan.detectors().stream().anyMatch(detector -> detector.mask() instanceof Mask.Nullify);
    return removes ? "COPY cannot put NULL in the place of a value" : null;
  }

  /**
   * How the rows of a COPY reach the client.
   *
   * @param response the body of its CopyOutResponse
   */
  static Rows rows(Running running, Body response) {
    MaskPlan plan = running.judged().copyPlan();
    if (plan == null) {
      throw ProtocolViolation.malformed("the upstream sends COPY data that nothing asked for");
    }
    if (plan.isEmpty()) {
      return Rows.Verbatim.VERBATIM;
    }
    if (response.int8() != TEXT) {
      throw ProtocolViolation.malformed("the upstream sends COPY data in a format not asked for");
    }
    return new Rows.Masked(new CopyRows(plan));
  }

  @Override
  public ByteBuf apply(ByteBuf run, ByteBufAllocator allocator) {
    ByteBuf out = allocator.buffer(run.readableBytes());
    int at = run.readerIndex();
    while (at < run.writerIndex()) {
      int end = at + 1 + run.getInt(at + 1);
      byte[] line = new byte[end - at - HEADER];
      run.getBytes(at + HEADER, line);
      byte[] masked = plan.detect(line);
      if (masked == null) {
        throw new IllegalStateException("a detector's NULL has no place in a line");
      }
      out.writeByte(PostgresqlMessage.COPY_DATA)
          .writeInt(masked.length + PostgresqlMessage.LENGTH_FIELD)
          .writeBytes(masked);
      at = end;
    }
    return out;
  }
}
