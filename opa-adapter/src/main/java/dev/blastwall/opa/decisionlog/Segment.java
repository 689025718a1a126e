package dev.blastwall.opa.decisionlog;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A file of the spool. Not thread-safe. */
final class Segment {
  private static final Pattern NAME = Pattern.compile("[0-9]{18}\\.ndjson");

  private final Path file;
  private final long number;
  private long size;
  private long offset;
  private long events;

  /** A new one. */
  Segment(Path folder, long number) {
    this(folder.resolve(String.format("%018d.ndjson", number)), number, 0, 0);
  }

  private Segment(Path file, long number, long size, long events) {
    this.file = file;
    this.number = number;
    this.size = size;
    this.events = events;
  }

  static boolean isOne(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }

  /** One that an earlier process left. What comes after its last complete line does not count. */
  static Segment read(Path file) throws IOException {
    long number = Long.parseLong(file.getFileName().toString().substring(0, 18));
    long at = 0;
    long size = 0;
    long events = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        at++;
        if (b == '\n') {
          size = at;
          events++;
        }
      }
    }
    return new Segment(file, number, size, events);
  }

  Path file() {
    return file;
  }

  long number() {
    return number;
  }

  /** How many bytes of it count. */
  long size() {
    return size;
  }

  /** Where the first event begins that waits. */
  long offset() {
    return offset;
  }

  /** How many events wait. */
  long events() {
    return events;
  }

  void grow(long newSize, int more) {
    size = newSize;
    events += more;
  }

  void advance(Chunk uploaded) {
    offset += uploaded.bytes();
    events -= uploaded.events();
  }

  /** Goes to where an earlier process was. */
  void skipTo(long position) throws IOException {
    if (position <= size) {
      events -= Lines.split(bytes(0, position)).size();
      offset = position;
    }
  }

  /** Lines that wait: at least one, if there is any, but not much more than some bytes. */
  List<byte[]> read(int bytes) throws IOException {
    for (long length = bytes; ; length *= 2) {
      List<byte[]> lines = Lines.split(bytes(offset, Math.min(size, offset + length)));
      if (!lines.isEmpty() || offset + length >= size) {
        return lines;
      }
    }
  }

  private byte[] bytes(long from, long to) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(to - from)];
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(from);
      in.readFully(bytes);
    }
    return bytes;
  }
}
