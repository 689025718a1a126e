package dev.blastwall.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong with one file. */
public final class Problems {

  private final Path file;
  private final List<Problem> found = new ArrayList<>();

  Problems(Path file) {
    this.file = file;
  }

  /**
   * Notes a problem at {@code node}.
   *
   * @return a value that is never asked for, because a file with a problem is not used
   */
  <T> Supplier<T> at(Node node, String path, String message) {
    return at(line(node), path, message);
  }

  <T> Supplier<T> at(int line, String path, String message) {
    found.add(new Problem(file, line, path, message));
    return () -> {
      throw new IllegalStateException(path + ": " + message);
    };
  }

  void throwIfAny() throws InvalidFileException {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(Problem::line));
      throw new InvalidFileException(found);
    }
  }

  private static int line(Node node) {
    return node.getStartMark().map(Problems::line).orElse(0);
  }

  static int line(Mark mark) {
    return mark.getLine() + 1;
  }
}
