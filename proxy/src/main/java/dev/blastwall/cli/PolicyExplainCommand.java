package dev.blastwall.cli;

import dev.blastwall.authoring.AskedDecision;
import dev.blastwall.authoring.Performance;
import dev.blastwall.authoring.RecordedDecision;
import dev.blastwall.authoring.Recordings;
import dev.blastwall.authoring.Scenario;
import dev.blastwall.authoring.Workshop;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.DecisionJson;
import dev.blastwall.policy.OfflinePolicy;
import dev.blastwall.protocol.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a bundle decides as it does. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Judges one recorded command again, or plays a scenario. Shows the rules that held on the way,",
      "with file and line, and which others came closest, with the line where they stopped. A client",
      "is told the id of each decision; `sessions show` lists them."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class PolicyExplainCommand implements Runnable {

  @Parameters(
      paramLabel = "WHAT",
      description =
          "The id of a decision, SESSION/NUMBER; or the place of a scenario, such as"
              + " scenarios/orders.yaml:12.")
  private String what;

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description =
          "The bundle to ask, as `opa build -t plan` makes it, without a signature; a scenario"
              + " otherwise asks the policy that it belongs to.")
  private @Nullable Path bundle;

  @Mixin private RecordingsOption recordings;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PlayedScenario.at(what).ifPresentOrElse(this::explainScenario, this::explainRecorded);
  }

  private void explainScenario(PlayedScenario scenario) {
    try (Workshop workshop = Authoring.open(scenario.folder())) {
      OfflinePolicy policy =
          bundle == null ? Authoring.attempt(workshop::policy) : ReplayOptions.load(bundle);
      explain(Authoring.attempt(() -> scenario.play(policy)), policy);
    }
  }

  private void explain(Performance performance, OfflinePolicy policy) {
    Scenario scenario = performance.scenario();
    AskedDecision settled =
        performance
            .settled()
            .orElseThrow(
                () -> new CommandFailure(1, "Policy was never asked: " + performance.trouble()));
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s  %s on %s%n%n    %s%n%n",
        scenario.name(),
        scenario.who().subject(),
        scenario.connection().name(),
        scenario.sql().orElse(scenario.application()).strip());
    print(out, "is", settled.decision());
    print(out, PlayedScenario.explain(performance, policy), policy);
  }

  private void explainRecorded() {
    if (bundle == null) {
      throw new ParameterException(
          spec.commandLine(), "Which policy is to judge the decision " + what + "? Add --bundle.");
    }
    RecordedDecision asked = find();
    OfflinePolicy policy = ReplayOptions.load(bundle);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s  %s on %s, %s%n%n    %s%n%n",
        asked.id(),
        asked.who(),
        asked.connection(),
        asked.point(),
        Printable.of(asked.text().strip()));
    print(out, "was", asked.decision());
    print(out, "is now", policy.decide(asked.input()));
    print(out, new ExplanationText(List.of(policy.explain(asked.input()))), policy);
  }

  private static void print(PrintWriter out, ExplanationText explanation, OfflinePolicy policy) {
    out.println("Rules that held with " + policy.revision() + ":");
    ExplanationText.print(explanation.held(), "    ", out);
    explanation.printClosest(System.lineSeparator() + "Came closest:", "    ", out);
    out.flush();
  }

  private static void print(PrintWriter out, String when, Decision decision) {
    out.printf("%-6s  %s by %s%n", when, DecisionJson.outcome(decision), decision.revision());
    for (Decision.Reason reason : decision.reasons()) {
      out.printf("        %s: %s%n", reason.code(), Printable.of(reason.message()));
    }
    out.println();
  }

  private RecordedDecision find() {
    try {
      return new Recordings(recordings.folder())
          .find(what)
          .orElseThrow(() ->
              new CommandFailure(
                  1, "No decision " + what + " is recorded in " + recordings.folder() + "."));
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure(2, "The recording cannot be read: " + e.getMessage());
    }
  }
}
