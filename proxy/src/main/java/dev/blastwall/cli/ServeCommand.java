package dev.blastwall.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.blastwall.config.Configuration;
import dev.blastwall.gateway.Gateway;
import dev.blastwall.gateway.GatewayException;
import dev.blastwall.yaml.InvalidFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the gateway. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {"Runs the gateway until it is told to stop (Ctrl-C, SIGTERM)."})
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class ServeCommand implements Callable<Integer> {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "blastwall.yaml",
      description = "The configuration (default: ${DEFAULT-VALUE}).")
  private Path config;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "Write this JSON file once every listener accepts.")
  private @Nullable Path readyFile;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Configuration configuration = load(config);
    try (Gateway gateway = Gateway.start(configuration)) {
      Stop.then(gateway::close);
      PrintWriter out = spec.commandLine().getOut();
      gateway
          .listeners()
          .forEach((name, address) -> out.println("%-19s %s".formatted(name, address)));
      out.println("API                 " + gateway.api());
      out.println("policy              " + gateway.bundleRevision());
      out.println("recording           " + gateway.recordings());
      out.flush();
      if (readyFile != null) {
        ReadyFile.of(gateway, databaseOf(configuration), JsonNodeFactory.instance.objectNode())
            .write(readyFile);
      }
      Stop.await();
    } catch (GatewayException e) {
      throw new CommandFailure(1, String.valueOf(e.getMessage()));
    }
    return 0;
  }

  /** Loads a configuration; every problem goes to the user at once. */
  static Configuration load(Path file) {
    try {
      return Configuration.load(file);
    } catch (InvalidFileException e) {
      throw new CommandFailure(2, "the configuration cannot be used\n" + e.getMessage());
    }
  }

  private static String databaseOf(Configuration configuration) {
    return configuration.connections().keySet().iterator().next();
  }
}
