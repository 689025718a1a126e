package dev.blastwall.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
    name = "blastwall",
    mixinStandardHelpOptions = true,
    version = "blastwall 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "A gateway that judges every command by your Rego policy before it reaches a database.",
      ""
    },
    footer = {
      "",
      "Begin with:  blastwall demo          a whole gateway with a database, on this machine",
      "             blastwall demo --tour   the same, showing by itself what it does"
    },
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      CheckCommand.class,
      ApprovalsCommand.class,
      SessionsCommand.class,
      PolicyCommand.class,
      MasksCommand.class
    })
public final class BlastwallCommand implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated field before it calls run().
  BlastwallCommand() {}

  /** Runs the command that {@code arguments} name and returns the exit code. */
  public static int run(String... arguments) {
    return new CommandLine(new BlastwallCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new FailureHandler())
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
