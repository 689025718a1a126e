package dev.blastwall.opa.sidecar;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One OPA that was started, as the child of a shell. It ends with this process even if this one is
 * killed: a second child of the shell waits for the end of a pipe that only this process holds
 * open.
 */
final class OpaProcess {
  private static final int OUTPUT = 4096;

  /**
   * OPA's number is in the file {@code pid} before it runs. The guard gets a line when OPA is to
   * end; if it gets none, there is nobody left who would remove the folder.
   */
  private static final String SCRIPT =
      """
      exec 3<&0
      /bin/sh -c 'echo $$ >pid && exec "$@" 3<&-' opa "$@" </dev/null &
      opa=$!
      (
        read -r told <&3
        alone=$?
        kill -KILL $opa
        [ $alone = 0 ] || rm -rf "$0"
      ) >/dev/null 2>&1 &
      guard=$!
      wait $opa
      code=$?
      kill $guard
      exit $code
      """;

  private final Process process;
  private final Path pid;
  private final Thread reader;
  private final StringBuilder output = new StringBuilder();

  private OpaProcess(Process process, Path pid) {
    this.process = process;
    this.pid = pid;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  static OpaProcess start(Path program, BundleFolder folder) throws IOException {
    // OPA does not take the place of one that was killed.
    Files.deleteIfExists(folder.socket());
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    "/bin/sh",
                    "-c",
                    SCRIPT,
                    folder.folder().toString(),
                    program.toString(),
                    "run",
                    "--server",
                    "--addr",
                    "unix://" + folder.socket(),
                    "--unix-socket-perm",
                    "600",
                    "--log-level",
                    "error",
                    "--log-format",
                    "text",
                    "--skip-version-check",
                    "--bundle",
                    folder.bundle().toString()))
            .directory(folder.folder().toFile())
            .redirectErrorStream(true);
    // OPA takes options from there, and policy can read it.
    builder.environment().keySet().retainAll(Set.of("PATH"));
    return new OpaProcess(builder.start(), folder.folder().resolve("pid"));
  }

  private void read() {
    byte[] buffer = new byte[OUTPUT];
    try (InputStream in = process.getInputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        keep(new String(buffer, 0, count, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      keep(e.toString());
    }
  }

  private synchronized void keep(String text) {
    output.append(text);
    output.delete(0, Math.max(0, output.length() - OUTPUT));
  }

  /** OPA's own number, once it has answered; otherwise -1. */
  long pid() {
    try {
      return Long.parseLong(Files.readString(pid).strip());
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it ended within a time. */
  boolean awaitEnd(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What it wrote last; all of it, once it has ended. */
  String output() throws InterruptedException {
    if (!process.isAlive()) {
      reader.join();
    }
    synchronized (this) {
      return output.toString().strip();
    }
  }

  /** Ends it, if it has not ended, and waits for that. */
  void end() {
    tellToEnd();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** It is killed: it has no state, and would otherwise wait for whoever is connected. */
  private void tellToEnd() {
    try (Writer guard = process.outputWriter(StandardCharsets.UTF_8)) {
      guard.write("end\n");
    } catch (IOException e) {
      // It has ended already.
    }
  }
}
