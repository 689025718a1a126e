package dev.blastwall.cli;

import dev.blastwall.config.Configuration;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.bundle.BundleListener;
import dev.blastwall.opa.bundle.Bundles;
import dev.blastwall.opa.bundle.EmbeddedEngines;
import dev.blastwall.opa.embedded.EngineOptions;
import dev.blastwall.policy.OpaPolicy;
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
    try (Bundles bundles =
        Bundles.start(
            configuration.bundles(),
            new EmbeddedEngines(EngineOptions.DEFAULT, OpaPolicy.ENTRYPOINT),
            OpaPolicy.ENTRYPOINT,
            null,
            new BundleListener() {})) {
      String revision = bundles.await().revision();
      spec.commandLine().getOut().println("Fine. The policy is " + revision + ".");
      spec.commandLine().getOut().flush();
    } catch (BundleException e) {
      throw new CommandFailure(2, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(1, "interrupted");
    }
  }
}
