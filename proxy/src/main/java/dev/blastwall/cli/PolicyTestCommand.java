package dev.blastwall.cli;

import dev.blastwall.authoring.Performance;
import dev.blastwall.authoring.PolicyFolder;
import dev.blastwall.authoring.Rehearsal;
import dev.blastwall.authoring.Scenario;
import dev.blastwall.authoring.Scenarios;
import dev.blastwall.authoring.Workshop;
import dev.blastwall.opa.Explanation;
import dev.blastwall.policy.OfflinePolicy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tests a policy. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a policy, runs its tests in Rego, and plays its scenarios: a real client sends their",
      "text through the gateway's own decoders to a real database that holds scenarios/schema.sql.",
      "Exit code 1 when anything is not as it should be."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class PolicyTestCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "The policy (default: here).")
  private Path folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Workshop workshop = Authoring.open(folder)) {
      return Authoring.attempt(() -> {
        workshop.check();
        out.println(workshop.test());
        out.flush();
        List<Scenario> scenarios = Scenarios.in(PolicyFolder.at(folder));
        return scenarios.isEmpty() || play(workshop, scenarios, out) ? 0 : 1;
      });
    }
  }

  private boolean play(Workshop workshop, List<Scenario> scenarios, PrintWriter out) {
    return Authoring.attempt(() -> {
      OfflinePolicy policy = workshop.policy();
      String schema = PolicyFolder.at(folder).schema();
      int failed = 0;
      try (Rehearsal rehearsal = Rehearsal.start(policy, schema, scenarios)) {
        for (Scenario scenario : scenarios) {
          failed += report(rehearsal.play(scenario), policy, out) ? 0 : 1;
        }
      }
      out.printf("SCENARIOS: %d/%d as expected%n", scenarios.size() - failed, scenarios.size());
      out.flush();
      return failed == 0;
    });
  }

  private boolean report(Performance performance, OfflinePolicy policy, PrintWriter out) {
    Scenario scenario = performance.scenario();
    List<String> differences = performance.differences();
    String place = folder.relativize(scenario.file()) + ":" + scenario.line();
    out.printf("%-4s  %s  %s%n", differences.isEmpty() ? "ok" : "FAIL", place, scenario.name());
    for (String difference : differences) {
      out.println(difference.indent(6).stripTrailing());
    }
    if (!differences.isEmpty()) {
      explain(performance, policy, out);
    }
    out.flush();
    return differences.isEmpty();
  }

  private static void explain(Performance performance, OfflinePolicy policy, PrintWriter out) {
    ExplanationText explanation = PlayedScenario.explain(performance, policy);
    List<Explanation.Rule> held =
        explanation.held().stream().filter(ExplanationText::isOfPolicy).toList();
    out.println("      rules of the policy that held:" + (held.isEmpty() ? " none" : ""));
    ExplanationText.print(held, "        ", out);
    explanation.printClosest("      came closest:", "        ", out);
  }
}
