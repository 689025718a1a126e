package dev.blastwall.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What authors of policies do. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Begins, tests, builds, signs and publishes policies; judges recorded traffic by another one, and",
      "says why a decision was made."
    },
    subcommands = {
      PolicyNewCommand.class,
      PolicyTestCommand.class,
      PolicyBuildCommand.class,
      PolicySignCommand.class,
      PolicyPublishCommand.class,
      PolicyReplayCommand.class,
      PolicyDiffCommand.class,
      PolicyExplainCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class PolicyCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Which: new, test, build, sign, publish, replay, diff or explain?");
  }
}
