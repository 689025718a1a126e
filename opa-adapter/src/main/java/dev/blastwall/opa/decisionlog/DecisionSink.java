package dev.blastwall.opa.decisionlog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Where events go besides the service; for instance a recorder. Used by one thread of the log. */
@FunctionalInterface
public interface DecisionSink {
  /**
   * Takes events, in the order in which they were handed over.
   *
   * @param events each a JSON object in UTF-8, without a line break
   * @throws IOException when it could not take them; they do not come again
   */
  void write(List<byte[]> events) throws IOException;

  /**
   * Appends to a file, an event to a line, and has them on disk when it returns. The file is opened
   * for each batch, so that it may be rotated by being renamed.
   */
  static DecisionSink file(Path file) {
    return new FileSink(file);
  }

  /** Writes to a stream as OPA does to its console: a line of the log with the event's members. */
  static DecisionSink console(OutputStream stream) {
    return new ConsoleSink(stream);
  }
}
