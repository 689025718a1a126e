package dev.blastwall.protocol;

import java.io.IOException;
import java.util.List;

/** A client as {@link ProtocolContract} drives it; each protocol brings its own. */
public interface ContractClient extends AutoCloseable {

  /** The rows of a command, or the error that came instead. */
  Answer ask(String command) throws IOException;

  /** Sends a command without reading the answer. */
  void send(String command) throws IOException;

  /** Reads the answer to what was sent. */
  Answer answer() throws IOException;

  /** Asks the server to give up what this client has under way, as the protocol does that. */
  void cancel() throws IOException;

  /** Cuts the connection without a goodbye. */
  @Override
  void close() throws IOException;

  /**
   * An answer.
   *
   * @param rows the rows, values as text
   * @param error the protocol's code of the error that ended it, or empty
   * @param message the error's words
   * @param notices what was said beside it
   */
  record Answer(List<List<String>> rows, String error, String message, List<String> notices) {}
}
