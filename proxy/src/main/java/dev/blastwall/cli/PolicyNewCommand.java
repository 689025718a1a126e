package dev.blastwall.cli;

import dev.blastwall.authoring.Home;
import dev.blastwall.authoring.Skeleton;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Begins a policy. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = "Writes a small policy with tests, scenarios and pipeline files, to begin with.")
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class PolicyNewCommand implements Runnable {

  @Parameters(index = "0", paramLabel = "NAME", description = "Of its package below policy.")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "Where (default: a folder of that name).")
  private @Nullable Path folder;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Path to = folder == null ? Path.of(name) : folder;
    Authoring.attempt(() -> {
      Skeleton.copy(name, to, Home.find());
      return to;
    });
    PrintWriter out = spec.commandLine().getOut();
    out.println("Written to " + to + ". Its README.md says what is where. Next:");
    out.println();
    out.println("    blastwall policy test " + to);
    out.println("    blastwall policy build " + to + " -o " + name + ".tar.gz");
    out.println("    blastwall demo --policy " + name + ".tar.gz");
    out.flush();
  }
}
