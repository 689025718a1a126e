package dev.blastwall.protocol.sql.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The build splits the module's large functions: all of it is compiled, and it reads as before. */
class SplitGrammarTest {

  /** Above it HotSpot compiles no method: its flag HugeMethodLimit. */
  private static final int HUGE_METHOD = 8000;

  private static final Path STATEMENTS =
      Path.of("src/test/resources/dev/blastwall/protocol/sql/describe/statements.txt");

  @Test
  void everyFunctionIsSmallEnoughForTheJitCompiler() throws IOException {
    try (InputStream code =
        LibPgQuery.class.getResourceAsStream("LibPgQueryMachineFuncGroup_0.class")) {
      List<MethodModel> methods = ClassFile.of().parse(code.readAllBytes()).methods();

      assertThat(methods).hasSizeGreaterThan(1000);
      assertThat(methods)
          .allSatisfy(method ->
              assertThat(bytes(method))
                  .as(method.methodName().stringValue())
                  .isLessThanOrEqualTo(HUGE_METHOD));
    }
  }

  private static int bytes(MethodModel method) {
    return method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
  }

  @Test
  void readsEveryTextAsTheModuleThatWasNotSplit() throws IOException {
    RawGrammar split = RawGrammar.ofTheBuild();
    RawGrammar original = RawGrammar.ofTheAuthors();

    assertThat(texts())
        .hasSizeGreaterThan(300)
        .allSatisfy(text -> assertThat(split.parse(text)).isEqualTo(original.parse(text)));
  }

  private static List<String> texts() throws IOException {
    String all = Files.readString(STATEMENTS);
    return Stream.concat(
            Stream.of(all, "SELECT " + "(".repeat(100) + "1" + ")".repeat(100), "SELECT 'ä' FRM t"),
            all.lines().filter(line -> !line.isBlank()))
        .distinct()
        .toList();
  }

  @Test
  void splittingChangesNothingThatRandomFunctionsDo() throws IOException, InterruptedException {
    Process test =
        new ProcessBuilder("node", "--test", "src/test/npm/outline.test.mjs")
            .redirectErrorStream(true)
            .start();

    String output = new String(test.getInputStream().readAllBytes());

    assertThat(test.waitFor()).as(output).isZero();
  }
}
