package dev.blastwall.cli;

import dev.blastwall.authoring.Change;
import dev.blastwall.authoring.PolicyFolder;
import dev.blastwall.authoring.Replay;
import dev.blastwall.authoring.Scenarios;
import dev.blastwall.policy.OfflinePolicy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two bundles. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Judges recorded traffic by two bundles, or plays a policy's scenarios with both, and shows where",
      "they decide differently. Exit code 1 when they do more often than --allow says."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class PolicyDiffCommand implements Callable<Integer> {

  @Parameters(paramLabel = "OLD", description = "A bundle.")
  private Path old;

  @Parameters(paramLabel = "NEW", description = "Another.")
  private Path candidate;

  @Option(
      names = "--scenarios",
      paramLabel = "FOLDER",
      description = "Play the scenarios of this policy instead of judging a recording.")
  private @Nullable Path scenarios;

  @Mixin private ReplayOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OfflinePolicy before = ReplayOptions.load(old);
    OfflinePolicy after = ReplayOptions.load(candidate);
    PrintWriter out = spec.commandLine().getOut();
    Path played = scenarios;
    if (played != null) {
      PolicyFolder folder = Authoring.attempt(() -> PolicyFolder.at(played));
      return options.report(after.revision(), then -> rehearse(folder, before, after, then), out);
    }
    return options.run(
        after.revision(),
        (recordings, since, then) -> Replay.of(recordings, since, before, after, then),
        out);
  }

  private static Replay rehearse(
      PolicyFolder folder, OfflinePolicy before, OfflinePolicy after, Consumer<Change> then) {
    return Authoring.attempt(() -> Scenarios.compare(folder, before, after, then));
  }
}
