package dev.blastwall.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client program that ran.
 *
 * @param exitCode what it ended with
 * @param output what it wrote, standard output and standard error together
 */
record Program(int exitCode, String output) {

  private static final int SECONDS = 300;

  /** Runs {@code command} in {@code folder} with {@code input} and waits for its end. */
  static Program run(
      Path folder, Map<String, String> environment, String input, List<String> command)
      throws IOException, InterruptedException {
    Process process = start(folder, environment, command);
    CompletableFuture<String> output = output(process);
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(input);
    }
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not end; so far: " + output.join());
    }
    return new Program(process.exitValue(), output.join());
  }

  /** Runs {@code blastwall} with these arguments, as a JVM of its own. */
  static Program blastwall(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-Dblastwall.home=" + Path.of("..").toAbsolutePath().normalize());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.blastwall.Main"));
    command.addAll(List.of(arguments));
    return run(folder, Map.of(), "", command);
  }

  private static Process start(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static CompletableFuture<String> output(Process process) {
    CompletableFuture<String> output = new CompletableFuture<>();
    // Not in the common pool, which has one thread on two cores and other users.
    Thread.startVirtualThread(() -> output.complete(read(process)));
    return output;
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(unreadable: " + e + ")";
    }
  }
}
