package dev.blastwall.cli;

import dev.blastwall.masking.MaskingKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns tokens back. Works on the key alone: no gateway is asked, and none records it. */
@Command(
    name = "reveal",
    mixinStandardHelpOptions = true,
    description = {
      "Turns tokens of the method tokenize back into the values that they stand for, one a line.",
      "Whoever can read the file of masking.key may do so, and nobody else: keep it as the data."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields.
final class MasksRevealCommand implements Runnable {

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The file that masking.key of the gateway's configuration names.")
  private Path key;

  @Parameters(paramLabel = "TOKEN", arity = "1..*", description = "As a result showed it.")
  private List<String> tokens;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    MaskingKey masking = read();
    PrintWriter out = spec.commandLine().getOut();
    for (String token : tokens) {
      out.println(
          masking
              .reveal(token)
              .orElseThrow(() ->
                  new CommandFailure(1, token + " cannot be turned back: it has no format.")));
    }
    out.flush();
  }

  private MaskingKey read() {
    try {
      return MaskingKey.read(key);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(2, key + " holds no masking key: " + e.getMessage());
    }
  }
}
