package dev.blastwall.recorder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * The write side of one generation of the spool (FORMAT.md, "Spool"): entries of all sessions in
 * the order of their arrival, so that one fsync makes all of them durable. For one thread.
 */
final class SpoolFile implements Closeable {

  static final long MAGIC = 0x4257_5350_4F4F_4C31L; // "BWSPOOL1"
  static final int HEADER_BYTES = 8 + 8 + 8 + 4;
  static final int FRAME_OVERHEAD = 4 + 4;
  private static final int KEPT_BUFFER = 1 << 20;

  private final Disk.Out out;
  private final long generation;
  private final ByteSink batch = new ByteSink(KEPT_BUFFER);
  private final ByteSink seed = new ByteSink(16);
  private long written;

  private SpoolFile(Disk.Out out, long generation, long written) {
    this.out = out;
    this.generation = generation;
    this.written = written;
  }

  /** A new generation, its header already durable. */
  static SpoolFile create(Disk disk, RecordingFolder folder, long generation) throws IOException {
    var path = folder.spoolFile(generation);
    var file = new SpoolFile(disk.create(path), generation, 0);
    file.batch.u64(MAGIC).u64(generation).u64(Times.toNanos(Instant.now()));
    file.batch.u32(crc(file.batch.array(), 0, file.batch.size()));
    file.flush();
    file.force();
    disk.syncFolder(folder.spool());
    return file;
  }

  /**
   * Goes on at the end of a generation that an earlier process wrote and whose torn tail was cut.
   */
  static SpoolFile reopen(Disk disk, Path path, long generation, long size) throws IOException {
    return new SpoolFile(disk.append(path), generation, size);
  }

  /** Encodes one entry into the batch and moves its session's chain on. */
  void add(SessionChain chain, EntryKind kind, SessionRecord event) {
    var start = batch.reserve(4);
    batch.shortBytes(chain.session());
    var hash = batch.reserve(Hashes.LENGTH);
    var entry = batch.size();
    Entry.encode(batch, kind, chain.next(), event);
    batch.set(hash, chain.add(batch.array(), entry, batch.size() - entry));
    batch.setU32(start, batch.size() - start - 4);
    batch.u32(frameCrc(start));
  }

  private int frameCrc(int start) {
    seed.clear(16);
    seed.u64(generation).u64(written + start);
    return crc(seed, batch.array(), start, batch.size() - start);
  }

  /** The check covers the frame's place too: a frame moved elsewhere is no frame. */
  static int crc(ByteSink seed, byte[] bytes, int offset, int length) {
    var crc = new CRC32C();
    crc.update(seed.array(), 0, seed.size());
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  private static int crc(byte[] bytes, int offset, int length) {
    return crc(new ByteSink(0), bytes, offset, length);
  }

  static boolean validHeader(byte[] bytes, long generation) {
    var source = new ByteSource(bytes, 0, HEADER_BYTES);
    return source.u64() == MAGIC
        && source.u64() == generation
        && source.u64() != Long.MIN_VALUE
        && source.u32() == crc(bytes, 0, HEADER_BYTES - 4);
  }

  int batched() {
    return batch.size();
  }

  /** Gives the batch to the operating system: it survives kill -9, not loss of power. */
  void flush() throws IOException {
    out.write(batch.slice(0, batch.size()));
    written += batch.size();
    batch.clear(KEPT_BUFFER);
  }

  void force() throws IOException {
    out.force();
  }

  long generation() {
    return generation;
  }

  long written() {
    return written;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
