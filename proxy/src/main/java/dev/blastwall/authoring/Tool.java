package dev.blastwall.authoring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A program that ran to its end.
 *
 * @param exitCode what it ended with
 * @param output what it printed
 * @param errors what it complained of
 */
record Tool(int exitCode, String output, String errors) {

  static Tool run(Path folder, List<String> command) throws AuthoringException {
    try {
      Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
      process.getOutputStream().close();
      CompletableFuture<String> errors = new CompletableFuture<>();
      Thread.startVirtualThread(() -> errors.complete(read(process.getErrorStream())));
      String output = read(process.getInputStream());
      return new Tool(process.waitFor(), output, errors.join());
    } catch (IOException e) {
      throw new AuthoringException("Cannot run " + command.getFirst() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuthoringException("Interrupted while " + command.getFirst() + " ran.", e);
    }
  }

  private static String read(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(unreadable: " + e.getMessage() + ")";
    }
  }

  /** All that it said, with its last line end. */
  String said() {
    return output + errors;
  }
}
