package dev.blastwall.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.blastwall.demo.Demo;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.demo.Tour;
import dev.blastwall.gateway.GatewayException;
import dev.blastwall.gateway.Parts;
import dev.blastwall.protocol.Upstream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a whole gateway on this machine. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a whole gateway on this machine: a real PostgreSQL with a small shop, an identity",
      "provider for development and the starter policy. Ctrl-C leaves nothing behind."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--tour",
      description = "Show one statement of each outcome and its replay, then stop.")
  private boolean tour;

  @Option(
      names = "--upstream",
      paramLabel = "URL",
      description = "Your own database: postgresql://user:password@host:port/database")
  private @Nullable String upstream;

  @Option(
      names = "--policy",
      paramLabel = "BUNDLE",
      description = "Your own bundle, made by `opa build -t plan -e blastwall/decision`.")
  private @Nullable Path policy;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      defaultValue = ReadyFile.DEFAULT,
      description = "Where to write addresses and tokens (default: ${DEFAULT-VALUE}).")
  private Path readyFile;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Starting a database, an identity provider and the gateway …");
    out.flush();
    Upstream own = upstream == null ? null : UpstreamUrl.parse(upstream);
    Parts parts = new Parts();
    Stop.then(parts::close);
    try (parts) {
      Demo demo = Demo.start(own, policy, parts);
      parts.add(() -> Files.deleteIfExists(readyFile));
      readyFile(demo).write(readyFile);
      return tour ? tour(demo, out) : stay(demo, out);
    } catch (GatewayException e) {
      throw new CommandFailure(1, String.valueOf(e.getMessage()));
    }
  }

  private int stay(Demo demo, PrintWriter out) {
    DemoText.print(demo, readyFile, out);
    out.flush();
    Stop.await();
    return 0;
  }

  private int tour(Demo demo, PrintWriter out) {
    try {
      boolean asExpected = new Tour(demo, out, new TourApprover(readyFile, out)).run();
      TourEvidence.show(demo.gateway().recordings(), out);
      out.println(asExpected ? "\nThat was the tour." : "\nThe tour did not go as it should.");
      out.flush();
      return asExpected ? 0 : 1;
    } catch (SQLException e) {
      throw new CommandFailure(1, "The tour could not connect: " + e.getMessage());
    }
  }

  private static ReadyFile readyFile(Demo demo) {
    ObjectNode more = JsonNodeFactory.instance.objectNode();
    ObjectNode users = more.putObject("users");
    for (DemoUser user : DemoUser.values()) {
      ObjectNode json = users.putObject(user.word()).put("token", demo.token(user));
      user.groups().forEach(json.putArray("groups")::add);
    }
    more.putObject("upstream")
        .putObject("postgresql")
        .put("host", demo.upstream().host())
        .put("port", demo.upstream().port())
        .put("user", demo.upstream().user())
        .put("password", demo.upstream().password().value())
        .put("database", demo.upstream().database());
    return ReadyFile.of(demo.gateway(), Demo.CONNECTION, more);
  }
}
