package dev.blastwall.opa.decisionlog;

import java.util.List;

/**
 * Lines that follow each other in a segment of the spool.
 *
 * @param segment its number
 * @param lines without their ends
 */
record Chunk(long segment, List<byte[]> lines) {
  static final Chunk EMPTY = new Chunk(-1, List.of());

  Chunk first(int events) {
    return new Chunk(segment, lines.subList(0, events));
  }

  int events() {
    return lines.size();
  }

  /** What they take in a file. */
  long bytes() {
    return lines.stream().mapToLong(line -> line.length + 1L).sum();
  }
}
