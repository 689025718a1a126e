package dev.blastwall.opa.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real tool, as an author uses it, in a folder of sources. */
public final class Opa {
  /** The path of the tool. */
  public static final String TOOL = tool();

  private final Path folder;

  public Opa(Path folder) {
    this.folder = folder;
  }

  private static String tool() {
    try {
      return run(Path.of(""), List.of("../ci/opa")).strip();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path path() {
    return Path.of(TOOL);
  }

  public Opa source(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  /** Builds a bundle out of the sources, to a place beside them. */
  public byte[] build(String... more) throws IOException, InterruptedException {
    Path archive = folder.resolveSibling(folder.getFileName() + ".tar.gz");
    List<String> arguments = new ArrayList<>(List.of("build", "-b", "-o", archive.toString()));
    arguments.addAll(List.of(more));
    arguments.add(".");
    run(arguments);
    return Files.readAllBytes(archive);
  }

  byte[] buildPlan(String... more) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-t", "plan", "-e", "shop/decision"));
    arguments.addAll(List.of(more));
    return build(arguments.toArray(String[]::new));
  }

  String run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(TOOL));
    command.addAll(arguments);
    return run(folder, command);
  }

  static String run(Path folder, List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toAbsolutePath().toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed: " + output);
    }
    return output;
  }
}
