package dev.blastwall.cli;

import dev.blastwall.authoring.Replay;
import dev.blastwall.policy.OfflinePolicy;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two bundles. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Judges recorded traffic by two bundles and shows where they decide differently.",
      "Exit code 1 when they do more often than --allow says."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class PolicyDiffCommand implements Callable<Integer> {

  @Parameters(paramLabel = "OLD", description = "A bundle.")
  private Path old;

  @Parameters(paramLabel = "NEW", description = "Another.")
  private Path candidate;

  @Mixin private ReplayOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OfflinePolicy before = ReplayOptions.load(old);
    OfflinePolicy after = ReplayOptions.load(candidate);
    return options.run(
        after.revision(),
        (recordings, since, then) -> Replay.of(recordings, since, before, after, then),
        spec.commandLine().getOut());
  }
}
