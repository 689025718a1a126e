package dev.blastwall.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The pinned {@code opa}, as {@code ci/opa} finds or installs it. */
public final class OpaTool {

  private OpaTool() {}

  /** Where it is. */
  public static Path path() throws IOException, InterruptedException {
    Program found = Program.run(Path.of("").toAbsolutePath(), Map.of(), "", List.of("../ci/opa"));
    if (found.exitCode() != 0) {
      throw new IOException(found.output());
    }
    return Path.of(found.output().lines().reduce((first, last) -> last).orElseThrow());
  }
}
