package dev.blastwall.opa.decisionlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of JSON in files. JSON text has no line break of its own. */
final class Lines {
  private static final byte LINE_FEED = '\n';

  private Lines() {}

  /** The bytes of all lines. */
  static byte[] join(List<byte[]> lines) {
    int length = lines.stream().mapToInt(line -> line.length + 1).sum();
    ByteBuffer joined = ByteBuffer.allocate(length);
    lines.forEach(line -> joined.put(line).put(LINE_FEED));
    return joined.array();
  }

  /**
   * Writes lines at the end of a file and forces them to disk; when that fails, none of them is
   * left there.
   *
   * @return the new end
   */
  static long append(FileChannel channel, long end, List<byte[]> lines) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(join(lines));
    try {
      for (long at = end; bytes.hasRemaining(); ) {
        at += channel.write(bytes, at);
      }
      channel.force(false);
    } catch (IOException e) {
      channel.truncate(end);
      throw e;
    }
    return end + bytes.capacity();
  }

  /** The lines that are complete. */
  static List<byte[]> split(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == LINE_FEED) {
        lines.add(Arrays.copyOfRange(bytes, from, i));
        from = i + 1;
      }
    }
    return lines;
  }
}
