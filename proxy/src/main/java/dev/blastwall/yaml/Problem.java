package dev.blastwall.yaml;

import java.nio.file.Path;

/**
 * Something wrong in a file.
 *
 * @param file as it was named
 * @param line counted from 1; 0 where no line is to blame
 * @param path the keys that lead there, for example {@code connections.shop.upstream.port}; may be
 *     empty
 * @param message what is wrong and what would be right
 */
public record Problem(Path file, int line, String path, String message) {

  /** For example {@code blastwall.yaml:12: connections.shop.upstream.port: not a number}. */
  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line : "")
        + ": "
        + (path.isEmpty() ? "" : path + ": ")
        + message;
  }
}
