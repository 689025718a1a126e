package dev.blastwall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.blastwall.protocol.Printable;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers held commands. */
@Command(
    name = "approvals",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Shows the commands that wait for you, and answers them.",
      "An approval counts for exactly the command that is shown, once."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields and parameters.
final class ApprovalsCommand implements Runnable {

  private static final String PATH = "/v1/approvals";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which: list, approve or deny?");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the commands that you may answer.")
  void list(@Mixin ApiAccess access) {
    JsonNode waiting = access.get(PATH).path("approvals");
    PrintWriter out = spec.commandLine().getOut();
    if (waiting.isEmpty()) {
      out.println("Nothing waits for you.");
    }
    waiting.forEach(held -> print(out, held));
    out.flush();
  }

  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = "Lets a held command go on, once.")
  void approve(
      @Mixin ApiAccess access,
      @Parameters(paramLabel = "ID", description = "As `list` shows it.") String id) {
    JsonNode held = find(access, id);
    JsonNode answer = access.post(PATH + "/" + id + "/approve", body(held));
    PrintWriter out = spec.commandLine().getOut();
    print(out, held);
    out.println(
        answer.path("missing").asInt() == 0
            ? "Approved: it goes on now."
            : "Approved by you; it waits for " + answer.path("missing").asInt() + " more.");
    out.flush();
  }

  @Command(name = "deny", mixinStandardHelpOptions = true, description = "Refuses a held command.")
  void deny(
      @Mixin ApiAccess access,
      @Parameters(paramLabel = "ID", description = "As `list` shows it.") String id,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "For the one who asked.")
          String reason) {
    JsonNode held = find(access, id);
    access.post(PATH + "/" + id + "/deny", body(held).put("reason", reason));
    spec.commandLine().getOut().println("Denied.");
    spec.commandLine().getOut().flush();
  }

  private static JsonNode find(ApiAccess access, String id) {
    return StreamSupport.stream(access.get(PATH).path("approvals").spliterator(), false)
        .filter(held -> held.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new CommandFailure(
                1,
                "No command waits for you under "
                    + id
                    + ". `blastwall approvals list` shows those that do."));
  }

  /** The digest of the command that was shown: the gateway checks that it is still that one. */
  private static ObjectNode body(JsonNode held) {
    return JsonNodeFactory.instance.objectNode().put("digest", held.path("digest").asText());
  }

  private static void print(PrintWriter out, JsonNode held) {
    out.println(
        held.path("id").asText() + "  " + who(held) + " on " + held.path("connection").asText());
    out.println("    command  " + Printable.of(held.path("command").asText()));
    if (!held.path("parameters").isEmpty()) {
      out.println("    values   " + Printable.of(held.path("parameters").toString()));
    }
    out.println("    why      " + Printable.of(held.path("reason").asText()));
    out.println("    until    " + held.path("expires").asText());
  }

  private static String who(JsonNode held) {
    String actors =
        StreamSupport.stream(held.path("actors").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", for "));
    String subject = held.path("subject").asText();
    return actors.isEmpty() ? subject : actors + ", for " + subject;
  }
}
