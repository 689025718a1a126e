package dev.blastwall.cli;

import dev.blastwall.authoring.Replay;
import dev.blastwall.policy.OfflinePolicy;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges recorded traffic by another bundle. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Judges recorded traffic by another bundle and shows which decisions would be others,",
      "grouped by rule, principal and connection. Nothing is run, nobody is asked.",
      "Exit code 1 when more change than --allow says."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class PolicyReplayCommand implements Callable<Integer> {

  @Option(
      names = "--bundle",
      required = true,
      paramLabel = "FILE",
      description = "The bundle to try, as `opa build -t plan` makes it, without a signature.")
  private Path bundle;

  @Mixin private ReplayOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OfflinePolicy candidate = ReplayOptions.load(bundle);
    return options.run(
        candidate.revision(),
        (recordings, since, then) -> Replay.of(recordings, since, candidate, then),
        spec.commandLine().getOut());
  }
}
