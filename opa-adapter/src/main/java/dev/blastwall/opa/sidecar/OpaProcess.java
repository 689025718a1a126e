package dev.blastwall.opa.sidecar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One OPA that was started. It ends with this process even if this one is killed: a shell beside it
 * waits for the end of a pipe that only this process holds open.
 */
final class OpaProcess {
  private static final int OUTPUT = 4096;

  /**
   * The shell becomes OPA, so that the process which is looked after is OPA itself. Its child gets
   * a line when OPA has ended before: then there is nobody left to end. The folder is removed by
   * whoever is left.
   */
  private static final String SCRIPT =
      """
      exec 3<&0
      ( read -r ended <&3 || { kill -KILL $$; rm -rf "$0"; } ) >/dev/null 2>&1 &
      exec "$@" 3<&- </dev/null
      """;

  private final Process process;
  private final Thread reader;
  private final StringBuilder output = new StringBuilder();

  private OpaProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  static OpaProcess start(Path program, BundleFolder folder) throws IOException {
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
    builder.environment().clear();
    builder
        .environment()
        .putAll(Map.of("HOME", folder.folder().toString(), "PATH", "/usr/bin:/bin"));
    return new OpaProcess(builder.start());
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

  long pid() {
    return process.pid();
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

  /** Ends it, if it has not ended, and sees to it that nothing of it is left. */
  void end() {
    // It has no state, and would otherwise wait for whoever is connected.
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    dismissWatcher();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void dismissWatcher() {
    try (var pipe = process.outputWriter(StandardCharsets.UTF_8)) {
      pipe.write("ended\n");
    } catch (IOException e) {
      // It has gone already.
    }
  }
}
