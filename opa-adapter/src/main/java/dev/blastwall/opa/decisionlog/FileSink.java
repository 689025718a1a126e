package dev.blastwall.opa.decisionlog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Appends lines to a file. */
record FileSink(Path file) implements DecisionSink {
  @Override
  public void write(List<byte[]> events) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Lines.append(channel, channel.size(), events);
    }
  }
}
