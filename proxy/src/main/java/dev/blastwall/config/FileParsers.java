package dev.blastwall.config;

import dev.blastwall.yaml.Parser;
import dev.blastwall.yaml.Parsers;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** How paths are read: relative to the folder of the configuration file. */
final class FileParsers {

  private final Path folder;

  FileParsers(Path file) {
    this.folder = file.toAbsolutePath().normalize().resolveSibling("");
  }

  /** A path, whether or not there is something. */
  Parser<Path> any() {
    return text -> {
      try {
        return folder.resolve(Parsers.TEXT.parse(text)).normalize();
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException("not a path", e);
      }
    };
  }

  /** The path of a file or folder that can be read. */
  Parser<Path> present() {
    return text -> {
      Path path = any().parse(text);
      if (!Files.isReadable(path)) {
        throw new IllegalArgumentException("no readable file at " + path);
      }
      return path;
    };
  }

  /** The path of a file that can be read. */
  Parser<Path> existing() {
    return text -> {
      Path path = any().parse(text);
      if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
        throw new IllegalArgumentException("no readable file at " + path);
      }
      return path;
    };
  }
}
