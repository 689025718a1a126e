package dev.blastwall.cli;

import dev.blastwall.config.Configuration;
import dev.blastwall.config.ConfiguredSet;
import dev.blastwall.gateway.PolicyLoading;
import dev.blastwall.opa.BundleException;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.stream.Collectors;
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
      spec.commandLine().getOut().println(fine(PolicyLoading.check(configuration)));
      spec.commandLine().getOut().flush();
    } catch (BundleException e) {
      throw new CommandFailure(2, String.valueOf(e.getMessage()));
    }
  }

  private static String fine(SequencedMap<String, String> revisions) {
    String more =
        revisions.sequencedEntrySet().stream()
            .filter(set -> !set.getKey().equals(ConfiguredSet.MAIN))
            .map(set -> ", " + set.getKey() + " is " + set.getValue())
            .collect(Collectors.joining());
    return "Fine. The policy is " + revisions.get(ConfiguredSet.MAIN) + more + ".";
  }
}
