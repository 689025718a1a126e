package dev.blastwall.cli;

import dev.blastwall.authoring.Workshop;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a bundle of a policy's folder. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a policy, puts it together with the library and builds the bundle that gateways load.",
      "The same sources give the same bytes, unless they are signed. A gateway that watches the file",
      "activates it at once."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class PolicyBuildCommand implements Runnable {

  @Parameters(
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "The policy (default: here).")
  private Path folder;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "bundle.tar.gz",
      description = "The bundle (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = "--revision",
      paramLabel = "NAME",
      description =
          "What records call the bundle (default: the commit; with a digest when files changed"
              + " since).")
  private @Nullable String revision;

  @Mixin private SigningOptions signing;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    try (Workshop workshop = Authoring.open(folder)) {
      Authoring.attempt(() -> {
        workshop.check();
        String name = revision == null ? workshop.revision() : revision;
        workshop.build(output, name, signing.signing());
        PrintWriter out = spec.commandLine().getOut();
        out.println("Built " + output + ", revision " + name + ".");
        out.flush();
        return output;
      });
    }
  }
}
