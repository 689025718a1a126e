package dev.blastwall.opa.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a key or token stands. It is read each time it is used, so that a file may change. */
public sealed interface SecretRef {
  /** What is there now. */
  String read() throws IOException;

  /** It stands here. */
  record Text(String value) implements SecretRef {
    @Override
    public String read() {
      return value;
    }

    @Override
    public String toString() {
      return "(secret)";
    }
  }

  /** It stands in a file; white space at its end does not count. */
  record InFile(Path path) implements SecretRef {
    @Override
    public String read() throws IOException {
      return Files.readString(path).stripTrailing();
    }
  }
}
