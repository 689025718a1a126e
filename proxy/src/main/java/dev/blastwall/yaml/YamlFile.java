package dev.blastwall.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a file whose root is a mapping. */
public final class YamlFile {

  private YamlFile() {}

  /**
   * What {@code reader} makes of the file.
   *
   * @param reader asks the root for everything it knows, and gives the value that is made of it
   *     when nothing is wrong
   * @throws InvalidFileException with all that is wrong
   */
  public static <T> T read(Path file, Function<Section, Supplier<T>> reader)
      throws InvalidFileException {
    Problems problems = new Problems(file);
    Optional<Supplier<T>> value =
        document(file, problems).map(node -> reader.apply(new Section(node, "", problems)));
    problems.throwIfAny();
    return value.orElseThrow().get();
  }

  private static Optional<Node> document(Path file, Problems problems) {
    try {
      String text = Files.readString(file);
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(file.toString())
              .setUseMarks(true)
              .setAllowNonScalarKeys(true)
              .build();
      Optional<Node> node = new Compose(settings).composeString(text);
      if (node.isEmpty()) {
        problems.at(0, "", "is empty");
      }
      return node;
    } catch (IOException e) {
      problems.at(0, "", "cannot be read: no such file, or not text in UTF-8");
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Problems::line).orElse(0);
      problems.at(line, "", "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.at(0, "", "not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }
}
