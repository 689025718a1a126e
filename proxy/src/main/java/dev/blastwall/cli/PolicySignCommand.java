package dev.blastwall.cli;

import dev.blastwall.authoring.BundleSigner;
import dev.blastwall.authoring.Home;
import dev.blastwall.authoring.Workshop.Signing;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs a bundle. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = {
      "Signs a bundle, as `opa sign` does it. A gateway whose policy.keys names the other half of the",
      "key takes no bundle without such a signature."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class PolicySignCommand implements Runnable {

  @Parameters(paramLabel = "BUNDLE", description = "As `policy build` writes it.")
  private Path bundle;

  @Mixin private SigningOptions options;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Signing signing =
        options
            .signing()
            .orElseThrow(() -> new CommandFailure(2, "Which key signs? Name it: --key FILE"));
    Authoring.attempt(() -> {
      BundleSigner.sign(bundle, signing, Home.find());
      return bundle;
    });
    spec.commandLine().getOut().println("Signed " + bundle + ".");
    spec.commandLine().getOut().flush();
  }
}
