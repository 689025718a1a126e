package dev.blastwall.authoring;

import dev.blastwall.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The scenarios of a policy. */
public final class Scenarios {

  private Scenarios() {}

  /**
   * All of them, file by file.
   *
   * @throws InvalidFileException with all that is wrong with the first file that is not as it
   *     should be
   */
  public static List<Scenario> in(PolicyFolder policy) throws IOException, InvalidFileException {
    List<Scenario> all = new ArrayList<>();
    for (Path file : policy.scenarios()) {
      all.addAll(ScenarioFile.read(file));
    }
    return all;
  }
}
