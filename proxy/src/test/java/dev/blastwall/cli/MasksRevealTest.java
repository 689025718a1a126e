package dev.blastwall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskingKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MasksRevealTest {

  @TempDir private Path folder;
  private Path key;
  private final StringWriter printed = new StringWriter();

  @BeforeEach
  void makeKey() throws IOException {
    key = Files.writeString(folder.resolve("key"), "0123456789abcdef".repeat(4) + "\n");
  }

  private int run(String... arguments) {
    PrintWriter out = new PrintWriter(printed, true);
    return new CommandLine(new MasksRevealCommand())
        .setExecutionExceptionHandler(new FailureHandler())
        .setOut(out)
        .setErr(out)
        .execute(arguments);
  }

  @Test
  void whoHoldsTheKeyTurnsTokensBack() throws IOException {
    Mask.Tokenize tokens = new Mask.Tokenize(MaskingKey.read(key));
    String[] arguments = {
      "--key", key.toString(), tokens.apply("4111 1111 1111 1111"), tokens.apply("ada@example.org")
    };
    assertThat(run(arguments)).isZero();
    assertThat(printed.toString().lines())
        .containsExactly("4111 1111 1111 1111", "ada@example.org");
  }

  @Test
  void whatHasNoFormatCannotBeTurnedBack() {
    assertThat(run("--key", key.toString(), "12345")).isEqualTo(1);
    assertThat(printed.toString()).contains("12345 cannot be turned back");
  }

  @Test
  void aFileThatHoldsNoKeyIsSaid() throws IOException {
    Files.writeString(key, "secret");
    assertThat(run("--key", key.toString(), "12345678")).isEqualTo(2);
    assertThat(printed.toString()).contains("64 hexadecimal digits").doesNotContain("secret");
  }
}
