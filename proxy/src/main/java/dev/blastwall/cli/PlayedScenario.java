package dev.blastwall.cli;

import dev.blastwall.authoring.AuthoringException;
import dev.blastwall.authoring.Performance;
import dev.blastwall.authoring.PolicyFolder;
import dev.blastwall.authoring.Rehearsal;
import dev.blastwall.authoring.Scenario;
import dev.blastwall.authoring.Scenarios;
import dev.blastwall.policy.OfflinePolicy;
import dev.blastwall.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One scenario of a policy, by its place.
 *
 * @param file where it stands, in the folder {@code scenarios} of its policy
 * @param line of its name, or one behind it
 */
record PlayedScenario(Path file, int line) {

  private static final Pattern PLACE = Pattern.compile("(.+\\.yaml):(\\d{1,6})");

  /** Reads, for instance, {@code scenarios/orders.yaml:12}; empty when it is no such place. */
  static Optional<PlayedScenario> at(String place) {
    Matcher matcher = PLACE.matcher(place);
    return matcher.matches()
        ? Optional.of(
            new PlayedScenario(
                Path.of(matcher.group(1)).toAbsolutePath().normalize(),
                Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** Where its policy is. */
  Path folder() {
    return file.resolve("..").resolve("..").normalize();
  }

  /** Plays it after those before it, for they may change the database. */
  Performance play(OfflinePolicy policy)
      throws IOException, AuthoringException, InvalidFileException {
    PolicyFolder folder = PolicyFolder.at(folder());
    List<Scenario> scenarios = Scenarios.in(folder);
    Scenario wanted = find(scenarios);
    try (Rehearsal rehearsal = Rehearsal.start(policy, folder.schema(), scenarios)) {
      scenarios.subList(0, scenarios.indexOf(wanted)).forEach(rehearsal::play);
      return rehearsal.play(wanted);
    }
  }

  private Scenario find(List<Scenario> scenarios) {
    return scenarios.stream()
        .filter(each -> each.file().equals(file) && each.line() <= line)
        .reduce((before, next) -> next)
        .orElseThrow(
            () -> new CommandFailure(1, "There is no scenario at " + file + ":" + line + "."));
  }

  /** All that policy was asked on the way to the answer. */
  static ExplanationText explain(Performance performance, OfflinePolicy policy) {
    return new ExplanationText(
        performance.questions().stream().map(asked -> policy.explain(asked.input())).toList());
  }
}
