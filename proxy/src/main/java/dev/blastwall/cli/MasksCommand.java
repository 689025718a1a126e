package dev.blastwall.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What masks made, for those who may know more. */
@Command(
    name = "masks",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "What masks made, for those who hold the masking key.",
    subcommands = MasksRevealCommand.class)
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class MasksCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
