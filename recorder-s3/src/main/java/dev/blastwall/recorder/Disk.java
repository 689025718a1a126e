package dev.blastwall.recorder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** All that the recorder writes goes through here, so that a test can be the disk that fails. */
interface Disk {

  /** A new file at a path where there may be none. */
  Out create(Path file) throws IOException;

  /** A new file, in place of one that an interrupted sealing left. */
  Out replace(Path file) throws IOException;

  /** The end of an existing file. */
  Out append(Path file) throws IOException;

  /** Cuts a file behind its first {@code size} bytes, durably. */
  void truncate(Path file, long size) throws IOException;

  /**
   * Makes the names in a folder durable: without it a synced file can lose its name with the power.
   */
  void syncFolder(Path folder) throws IOException;

  /** A file being written. */
  interface Out extends Closeable {

    /** Writes all of it or throws. */
    void write(ByteBuffer bytes) throws IOException;

    /** Returns when all that was written is on the disk itself. */
    void force() throws IOException;
  }

  /** The real disk. */
  Disk LOCAL = new Local();

  /** {@link #LOCAL}'s class. */
  final class Local implements Disk {

    private Local() {}

    @Override
    public Out create(Path file) throws IOException {
      return open(file, StandardOpenOption.CREATE_NEW);
    }

    @Override
    public Out replace(Path file) throws IOException {
      Files.deleteIfExists(file);
      return create(file);
    }

    @Override
    public Out append(Path file) throws IOException {
      return open(file, StandardOpenOption.APPEND);
    }

    private static Out open(Path file, StandardOpenOption how) throws IOException {
      return new LocalOut(FileChannel.open(file, Set.of(StandardOpenOption.WRITE, how)));
    }

    @Override
    public void truncate(Path file, long size) throws IOException {
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(size);
        channel.force(true);
      }
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** A file on the real disk. */
  record LocalOut(FileChannel channel) implements Out {

    /** The JDK keeps a direct buffer as large as the largest write per thread; this bounds it. */
    private static final int CHUNK = 1 << 20;

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      var end = bytes.limit();
      while (bytes.position() < end) {
        bytes.limit(Math.min(end, bytes.position() + CHUNK));
        channel.write(bytes);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
