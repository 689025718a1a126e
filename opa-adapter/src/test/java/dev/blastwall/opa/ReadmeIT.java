package dev.blastwall.opa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.bundle.Opa;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the README shows: its policy is built by its command, every program in it compiles, and
 * those that are to be run print what they say, with nothing but the required dependencies.
 */
class ReadmeIT {
  private static final Pattern FENCE =
      Pattern.compile(
          "^```(\\w+)(?: (run) prints=([^\n]*))?\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** What the blocks without a main method may do without saying so. */
  private static final List<String> IMPORTS =
      List.of(
          "dev.blastwall.opa.*",
          "dev.blastwall.opa.bundle.*",
          "dev.blastwall.opa.decisionlog.*",
          "dev.blastwall.opa.embedded.*",
          "dev.blastwall.opa.sidecar.*");

  /** One class of each dependency that is not optional. */
  private static final List<Class<?>> REQUIRED =
      List.of(
          PolicyEngine.class,
          org.jspecify.annotations.Nullable.class,
          com.google.re2j.Pattern.class,
          com.fasterxml.jackson.core.JsonFactory.class,
          com.nimbusds.jose.JWSObject.class,
          org.snakeyaml.engine.v2.api.Load.class,
          org.apache.commons.compress.archivers.tar.TarArchiveEntry.class,
          org.apache.commons.io.IOUtils.class,
          org.apache.commons.lang3.StringUtils.class,
          org.apache.commons.codec.binary.Hex.class,
          com.google.protobuf.CodedInputStream.class);

  @TempDir Path folder;

  /** A piece of the README; {@code prints} only of those that are run. */
  private record Block(String language, boolean runs, String prints, String text) {
    static Block of(MatchResult fence) {
      return new Block(
          fence.group(1),
          fence.group(2) != null,
          Objects.requireNonNullElse(fence.group(3), ""),
          fence.group(4));
    }

    String program() {
      if (text.contains("void main()")) {
        return text;
      }
      StringBuilder program = new StringBuilder();
      IMPORTS.forEach(name -> program.append("import ").append(name).append(";\n"));
      if (text.contains("MeterRegistry")) {
        program.append("import io.micrometer.core.instrument.*;\n");
      }
      return program
          .append("void main() throws Exception {\n")
          .append(text)
          .append("}\n")
          .toString();
    }
  }

  private static List<Block> blocks(String language) throws IOException {
    return FENCE
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .map(Block::of)
        .filter(block -> block.language.equals(language))
        .toList();
  }

  @BeforeEach
  void buildTheBundleAsShown() throws Exception {
    Files.writeString(folder.resolve("authz.rego"), blocks("rego").getFirst().text);
    for (String line : blocks("sh").getFirst().text.lines().toList()) {
      List<String> command = new ArrayList<>(Arrays.asList(line.split(" ")));
      assertThat(command.set(0, Opa.TOOL)).isEqualTo("opa");
      run(command);
    }
  }

  @Test
  void theFirstProgramHasTenLines() throws IOException {
    assertThat(blocks("java").getFirst().text.lines()).hasSize(10);
  }

  @Test
  void everyProgramCompiles() throws IOException {
    List<Block> programs = blocks("java");
    for (int i = 0; i < programs.size(); i++) {
      Path file = folder.resolve("Program" + i + ".java");
      Files.writeString(file, programs.get(i).program());
      assertThat(
              ToolProvider.getSystemJavaCompiler()
                  .run(null, null, null, "-proc:none", "-d", folder.toString(), file.toString()))
          .as(programs.get(i).text)
          .isZero();
    }
  }

  @Test
  void thoseThatRunPrintWhatTheySayWithoutOptionalDependencies() throws Exception {
    List<Block> programs = blocks("java").stream().filter(Block::runs).toList();
    assertThat(programs).hasSizeGreaterThan(3);
    for (Block program : programs) {
      Path file = Files.writeString(folder.resolve("Program.java"), program.program());
      assertThat(run(List.of(java(), "-cp", requiredOnly(), file.toString())))
          .as(program.text)
          .isEqualTo(program.prints);
    }
  }

  @Test
  void theRequiredDependenciesHoldNoneOfTheOptionalOnes() {
    assertThat(requiredOnly()).doesNotContain("minio", "okhttp", "micrometer", "kotlin", "netty");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String requiredOnly() {
    return String.join(
        System.getProperty("path.separator"), REQUIRED.stream().map(ReadmeIT::location).toList());
  }

  private static String location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, Files.readString(errors)).isZero();
    return output.strip();
  }
}
