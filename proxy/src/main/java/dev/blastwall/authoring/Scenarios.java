package dev.blastwall.authoring;

import dev.blastwall.policy.OfflinePolicy;
import dev.blastwall.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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

  /**
   * Plays the scenarios of a policy with two bundles.
   *
   * @param then gets each scenario that they settle differently
   */
  public static Replay compare(
      PolicyFolder policy, OfflinePolicy before, OfflinePolicy after, Consumer<Change> then)
      throws IOException, InvalidFileException {
    List<Scenario> scenarios = in(policy);
    List<Performance> first = play(policy, scenarios, before);
    List<Performance> second = play(policy, scenarios, after);
    long changed = 0;
    for (int i = 0; i < scenarios.size(); i++) {
      Optional<Change> change = Performance.change(first.get(i), second.get(i));
      change.ifPresent(then);
      changed += change.isPresent() ? 1 : 0;
    }
    return new Replay(scenarios.size(), changed, 0);
  }

  private static List<Performance> play(
      PolicyFolder policy, List<Scenario> scenarios, OfflinePolicy by) throws IOException {
    if (scenarios.isEmpty()) {
      return List.of();
    }
    try (Rehearsal rehearsal = Rehearsal.start(by, policy.schema(), scenarios)) {
      return scenarios.stream().map(rehearsal::play).toList();
    }
  }
}
