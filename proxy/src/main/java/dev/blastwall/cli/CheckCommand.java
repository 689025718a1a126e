package dev.blastwall.cli;

import dev.blastwall.config.Configuration;
import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Validates a configuration and the policy it names, without starting anything. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Validates a configuration and its policy bundle; shows every problem at once.")
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class CheckCommand implements Runnable {

  @Parameters(paramLabel = "CONFIG", description = "The configuration file.")
  private Path config;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Configuration configuration = ServeCommand.load(config);
    try {
      Bundle bundle = Bundle.read(configuration.bundle());
      EmbeddedEngine.load(bundle);
      spec.commandLine().getOut().println("Fine. The policy is " + bundle.revision() + ".");
      spec.commandLine().getOut().flush();
    } catch (BundleException e) {
      throw new CommandFailure(2, configuration.bundle() + ": " + e.getMessage());
    }
  }
}
