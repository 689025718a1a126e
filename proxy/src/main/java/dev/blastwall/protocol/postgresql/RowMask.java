package dev.blastwall.protocol.postgresql;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Changes rows on their way to the client. */
@FunctionalInterface
interface RowMask {

  /**
   * The rows to show.
   *
   * @param run whole messages; still the caller's
   * @return the same buffer when nothing is to be changed, else a new one
   */
  ByteBuf apply(ByteBuf run, ByteBufAllocator allocator);
}
