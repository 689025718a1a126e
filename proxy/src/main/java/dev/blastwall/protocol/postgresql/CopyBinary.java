package dev.blastwall.protocol.postgresql;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Rows of COPY in binary format: a header that comes with the first row, then for each row the
 * number of its values and each with its length; a row of -1 values ends them.
 */
final class CopyBinary implements CopyRows.Line {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };

  private static final int NULL_LENGTH = -1;
  private static final short TRAILER = -1;

  private final CopyPlan plan;
  private boolean begun;

  CopyBinary(CopyPlan plan) {
    this.plan = plan;
  }

  @Override
  public byte[] masked(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length);
    try {
      if (!begun) {
        header(in);
        begun = true;
      }
      out.write(message, 0, in.position());
      while (in.hasRemaining()) {
        row(in, out);
      }
    } catch (BufferUnderflowException e) {
      throw ProtocolViolation.malformed("a row of COPY is shorter than its values");
    }
    return out.toByteArray();
  }

  private static void header(ByteBuffer in) {
    byte[] signature = new byte[SIGNATURE.length];
    in.get(signature);
    in.getInt(); // flags
    int extension = in.getInt();
    if (!Arrays.equals(signature, SIGNATURE) || extension < 0 || extension > in.remaining()) {
      throw ProtocolViolation.malformed("COPY in binary format begins with something else");
    }
    in.position(in.position() + extension);
  }

  private void row(ByteBuffer in, ByteArrayOutputStream out) {
    short count = in.getShort();
    out.write(count >> 8);
    out.write(count);
    if (count == TRAILER) {
      return;
    }
    if (count != plan.width()) {
      throw ProtocolViolation.malformed("a row of COPY has more or fewer values than columns");
    }
    for (int i = 0; i < count; i++) {
      int length = in.getInt();
      if (length < NULL_LENGTH || length > in.remaining()) {
        throw new BufferUnderflowException();
      }
      byte[] value = new byte[Math.max(0, length)];
      in.get(value);
      boolean shown = plan.plan().column(i) == null;
      out.writeBytes(
          ByteBuffer.allocate(Integer.BYTES).putInt(shown ? length : NULL_LENGTH).array());
      out.write(value, 0, shown ? value.length : 0);
    }
  }
}
