package dev.blastwall.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which running gateway, by the file that it wrote. */
final class ReadyFileOption {

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "The file that a running gateway wrote (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of(ReadyFile.DEFAULT);

  static ReadyFileOption of(Path file) {
    ReadyFileOption option = new ReadyFileOption();
    option.file = file;
    return option;
  }

  ReadyFile read() {
    return ReadyFile.read(file);
  }
}
