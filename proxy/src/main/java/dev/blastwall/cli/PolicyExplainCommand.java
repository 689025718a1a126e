package dev.blastwall.cli;

import dev.blastwall.authoring.RecordedDecision;
import dev.blastwall.authoring.Recordings;
import dev.blastwall.opa.Explanation;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.DecisionJson;
import dev.blastwall.policy.OfflinePolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a bundle decides as it does. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Judges one recorded command again and shows the rules that held on the way, with file and",
      "line. A client is told the id of each decision; `sessions show` lists them."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class PolicyExplainCommand implements Runnable {

  @Parameters(paramLabel = "DECISION", description = "The id of a decision: SESSION/NUMBER.")
  private String id;

  @Option(
      names = "--bundle",
      required = true,
      paramLabel = "FILE",
      description = "The bundle to ask, as `opa build -t plan` makes it, without a signature.")
  private Path bundle;

  @Mixin private RecordingsOption recordings;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    RecordedDecision asked = find();
    OfflinePolicy policy = ReplayOptions.load(bundle);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s  %s on %s, %s%n%n    %s%n%n",
        asked.id(), asked.who(), asked.connection(), asked.point(), asked.text().strip());
    print(out, "was", asked.decision());
    print(out, "is now", policy.decide(asked.input()));
    out.println("Rules that held with " + policy.revision() + ":");
    for (Explanation.Rule rule : policy.explain(asked.input()).rules()) {
      out.printf("    %s:%d  %s%n", rule.file(), rule.row(), rule.path());
    }
    out.flush();
  }

  private static void print(PrintWriter out, String when, Decision decision) {
    out.printf("%-6s  %s by %s%n", when, DecisionJson.outcome(decision), decision.revision());
    for (Decision.Reason reason : decision.reasons()) {
      out.printf("        %s: %s%n", reason.code(), reason.message());
    }
    out.println();
  }

  private RecordedDecision find() {
    try {
      return new Recordings(recordings.folder())
          .find(id)
          .orElseThrow(() ->
              new CommandFailure(
                  1, "No decision " + id + " is recorded in " + recordings.folder() + "."));
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure(2, "The recording cannot be read: " + e.getMessage());
    }
  }
}
