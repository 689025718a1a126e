package dev.blastwall.opa.decisionlog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Events that wait on disk for their upload, oldest first: lines of JSON in segments with growing
 * numbers, beside a file that says up to where the oldest one was uploaded. It has a limit; beyond
 * it the oldest segment goes. Thread-safe.
 */
final class Spool implements AutoCloseable {
  private static final int SEGMENTS = 16;

  private final Path folder;
  private final long maxBytes;
  private final FileChannel lock;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private @Nullable FileChannel end;
  private long nextNumber;

  /**
   * Opens a spool, with what is in it.
   *
   * @throws IOException also when somebody else uses it
   */
  Spool(Path folder, long maxBytes) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.maxBytes = maxBytes;
    this.lock = locked(folder.resolve("lock"));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Segment::isOne).sorted().toList()) {
        add(Segment.read(file));
      }
      Optional<Position> uploaded = Position.read(folder);
      if (uploaded.isPresent()) {
        skip(uploaded.get());
      }
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock taken = channel.tryLock();
      if (taken != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // The same as null, by somebody in this process.
    }
    channel.close();
    throw new IOException(
        "the spool " + file.getParent() + " is in use; give each process a folder of its own");
  }

  private void add(Segment segment) {
    segments.add(segment);
    nextNumber = segment.number() + 1;
  }

  private void skip(Position position) throws IOException {
    // A number is never used again, so that a position cannot mean another segment.
    nextNumber = Math.max(nextNumber, position.segment() + 1);
    Segment oldest = segments.peek();
    if (oldest != null && oldest.number() == position.segment()) {
      oldest.skipTo(position.offset());
    }
  }

  /** How large a line may be. */
  long maxLine() {
    return maxBytes / SEGMENTS - 1;
  }

  /**
   * Adds lines and has them on disk when it returns.
   *
   * @return how many older ones had to go
   */
  synchronized long append(List<byte[]> lines) throws IOException {
    long lost = 0;
    for (int from = 0; from < lines.size(); ) {
      int to = fitting(lines, from);
      lost += appendTogether(lines.subList(from, to));
      from = to;
    }
    return lost;
  }

  private int fitting(List<byte[]> lines, int from) {
    long size = 0;
    int to = from;
    while (to < lines.size() && (to == from || size + lines.get(to).length < maxLine())) {
      size += lines.get(to++).length + 1;
    }
    return to;
  }

  private long appendTogether(List<byte[]> lines) throws IOException {
    long size = new Chunk(nextNumber, lines).bytes();
    long lost = makeRoom(size);
    Segment newest = segments.peekLast();
    if (end == null || newest == null || newest.size() + size > maxBytes / SEGMENTS) {
      newest = begin();
    }
    write(newest, lines);
    return lost;
  }

  private Segment begin() throws IOException {
    closeEnd();
    Segment segment = new Segment(folder, nextNumber);
    end = FileChannel.open(segment.file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    add(segment);
    return segment;
  }

  private void write(Segment segment, List<byte[]> lines) throws IOException {
    FileChannel channel = end;
    if (channel == null) {
      throw new IOException("the spool is closed");
    }
    try {
      segment.grow(Lines.append(channel, segment.size(), lines), lines.size());
    } catch (IOException e) {
      // What stands at the end of this file is not known any more.
      closeEnd();
      throw e;
    }
  }

  private long makeRoom(long size) throws IOException {
    long lost = 0;
    while (!segments.isEmpty() && bytes() + size > maxBytes) {
      lost += segments.getFirst().events();
      removeOldest();
    }
    return lost;
  }

  private void removeOldest() throws IOException {
    if (segments.size() == 1) {
      closeEnd();
    }
    Files.deleteIfExists(segments.removeFirst().file());
  }

  /** What waits longest: at least a line, if there is any, but not much more than some bytes. */
  synchronized Chunk oldest(int bytes) throws IOException {
    Segment oldest = segments.peek();
    return oldest == null ? Chunk.EMPTY : new Chunk(oldest.number(), oldest.read(bytes));
  }

  /**
   * Forgets what was uploaded.
   *
   * @param uploaded the first lines of what {@link #oldest} gave; they may be lost by now
   */
  synchronized void forget(Chunk uploaded) throws IOException {
    Segment oldest = segments.peek();
    if (oldest == null || oldest.number() != uploaded.segment()) {
      return;
    }
    oldest.advance(uploaded);
    if (oldest.events() == 0) {
      removeOldest();
    } else {
      new Position(oldest.number(), oldest.offset()).write(folder);
    }
  }

  /** How many events wait. */
  synchronized long events() {
    return segments.stream().mapToLong(Segment::events).sum();
  }

  /** How many bytes the files have. */
  synchronized long bytes() {
    return segments.stream().mapToLong(Segment::size).sum();
  }

  /** Whether it should not wait for the next upload. */
  boolean isFilling() {
    return bytes() > maxBytes / 4;
  }

  private void closeEnd() throws IOException {
    FileChannel channel = end;
    end = null;
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closeEnd();
    lock.close();
  }
}
