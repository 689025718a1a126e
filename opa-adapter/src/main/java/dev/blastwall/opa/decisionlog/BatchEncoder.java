package dev.blastwall.opa.decisionlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Makes uploads: gzip-compressed JSON arrays that are not larger than they may be. How well events
 * compress is learnt from one upload for the next. Used by one thread.
 */
final class BatchEncoder {
  /** Text of one event repeats that of the last one; more than this would be guessing. */
  private static final int MAX_RATIO = 64;

  private static final double ALMOST_FULL = 0.9;

  private final int limit;
  private double ratio = 2;

  BatchEncoder(int limit) {
    this.limit = limit;
  }

  /**
   * An upload.
   *
   * @param body what to send
   * @param events how many events it has
   * @param reduced whether the only one had to leave its content behind
   */
  record Batch(byte[] body, int events, boolean reduced) {}

  /** How many bytes of events are likely to fit. */
  int wanted() {
    return (int) Math.min(Integer.MAX_VALUE / 4, limit * ratio * ALMOST_FULL);
  }

  /**
   * An upload with as many of the first events as fit, one at least.
   *
   * @param lines at least one
   */
  Batch encode(List<byte[]> lines) throws IOException {
    int events = lines.size();
    byte[] body = compressed(lines);
    while (body.length > limit && events > 1) {
      events = Math.clamp((long) (ALMOST_FULL * events * limit / body.length), 1, events - 1);
      body = compressed(lines.subList(0, events));
    }
    if (body.length > limit) {
      return reduced(lines.getFirst());
    }
    learn(lines.subList(0, events), body.length);
    return new Batch(body, events, false);
  }

  private void learn(List<byte[]> lines, int compressed) {
    long size = lines.stream().mapToLong(line -> line.length).sum();
    ratio = Math.clamp((double) size / compressed, 1, MAX_RATIO);
  }

  private Batch reduced(byte[] event) throws IOException {
    byte[] body = compressed(List.of(SmallerEvents.withoutCache(event)));
    return body.length <= limit
        ? new Batch(body, 1, false)
        : new Batch(compressed(List.of(SmallerEvents.withoutContent(event))), 1, true);
  }

  private static byte[] compressed(List<byte[]> lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      char separator = '[';
      for (byte[] line : lines) {
        gzip.write(separator);
        gzip.write(line);
        separator = ',';
      }
      gzip.write(']');
    }
    return bytes.toByteArray();
  }
}
