package dev.blastwall.recorder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The write side of the ledger. A statement is made once it is on disk; one that failed is cut off
 * before the next. Thread-safe: the writer states that a run starts, the sealer all the rest.
 */
final class LedgerWriter implements Closeable {

  private final Disk disk;
  private final Path file;
  private final SigningKey key;
  private final LedgerState state;
  private Disk.Out out;
  private long size;
  private boolean torn;

  private LedgerWriter(
      Disk disk, Path file, SigningKey key, LedgerState state, Disk.Out out, long size) {
    this.disk = disk;
    this.file = file;
    this.key = key;
    this.state = state;
    this.out = out;
    this.size = size;
  }

  /** Goes on behind the ledger's whole statements; makes the file if there is none. */
  static LedgerWriter open(
      Disk disk, RecordingFolder folder, Ledger ledger, LedgerState state, SigningKey key)
      throws IOException {
    if (ledger.valid() == 0) {
      return create(disk, folder, state, key);
    }
    if (ledger.torn()) {
      disk.truncate(ledger.file(), ledger.valid());
    }
    return new LedgerWriter(
        disk, ledger.file(), key, state, disk.append(ledger.file()), ledger.valid());
  }

  private static LedgerWriter create(
      Disk disk, RecordingFolder folder, LedgerState state, SigningKey key) throws IOException {
    var out = disk.replace(folder.ledger());
    out.write(ByteBuffer.wrap(new ByteSink(Ledger.HEADER_BYTES).u64(Ledger.MAGIC).toBytes()));
    out.force();
    disk.syncFolder(folder.root());
    return new LedgerWriter(disk, folder.ledger(), key, state, out, Ledger.HEADER_BYTES);
  }

  synchronized void append(long generation, LedgerEntry.What what) throws IOException {
    repair();
    var entry =
        new LedgerEntry(state.next(), Instant.now(), state.link(), key.idBytes(), generation, what);
    var body = entry.encode();
    var signature = key.sign(Hashes.LEDGER, body);
    var bytes = new ByteSink(body.length + 128).u32(body.length).put(body).put(signature).toBytes();
    torn = true;
    out.write(ByteBuffer.wrap(bytes));
    out.force();
    torn = false;
    size += bytes.length;
    state.apply(new Ledger.Statement(entry, body, signature, size));
  }

  private void repair() throws IOException {
    if (torn) {
      out.close();
      disk.truncate(file, size);
      out = disk.append(file);
      torn = false;
    }
  }

  synchronized Optional<SessionState> session(String id) {
    return Optional.ofNullable(state.open().get(id));
  }

  synchronized long generation() {
    return state.generation();
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
