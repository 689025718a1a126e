package dev.blastwall.protocol.sql.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.protocol.sql.grammar.Grammar;
import dev.blastwall.protocol.sql.grammar.Node;
import dev.blastwall.protocol.sql.grammar.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DescriberTest {

  private static final String ANSWER = "  => ";
  private static final Grammar GRAMMAR = new Grammar();
  private static final Texts TEXTS =
      new Texts() {
        @Override
        public Optional<List<Node>> sql(String text) {
          return GRAMMAR.parse(text) instanceof Parsed.Tree(List<Node> statements)
              ? Optional.of(statements)
              : Optional.empty();
        }

        @Override
        public Optional<List<Node>> plpgsql(String text) {
          return GRAMMAR.plpgsql(text);
        }
      };

  @ParameterizedTest
  @MethodSource("cases")
  void describesEachStatementOfTheTable(String text, String expected) {
    assertThat(described(text)).isEqualTo(expected);
  }

  @Test
  void tellsWhatMaskingOfCopyNeeds() {
    Description copy = describe("COPY t (b, a) TO STDOUT (FORMAT csv, DELIMITER ';', NULL '-')");

    assertThat(copy.details())
        .containsExactly(
            new SqlDetail.Copy(
                false,
                SqlDetail.Format.CSV,
                List.of("b", "a"),
                true,
                ";",
                "-",
                "\"",
                "\"",
                false,
                false));
  }

  @Test
  void tellsWhichRowsOfCopyDoNotTravelOnTheConnection() {
    Description copy = describe("COPY t FROM '/tmp/x'");

    assertThat(copy.details())
        .containsExactly(
            new SqlDetail.Copy(
                true,
                SqlDetail.Format.TEXT,
                List.of(),
                false,
                "\t",
                "\\N",
                "\"",
                "\"",
                false,
                false));
  }

  @Test
  void namesWhatTheSessionKeepsForLater() {
    Description description =
        describe("PREPARE p AS SELECT 1; EXECUTE p; DECLARE c CURSOR FOR SELECT 1; FETCH FROM c");

    assertThat(description.details())
        .containsExactly(
            new SqlDetail.Prepares("p"),
            new SqlDetail.Executes("p"),
            new SqlDetail.DeclaresCursor("c"),
            new SqlDetail.Fetches("c"));
  }

  private static String described(String text) {
    return switch (GRAMMAR.parse(text)) {
      case Parsed.Tree(var statements) ->
          Rendered.description(Describer.describe(text, statements, TEXTS)).strip();
      case Parsed.SyntaxError(String message, int position) ->
          "error at " + position + ": " + message;
    };
  }

  private static Description describe(String text) {
    return Describer.describe(text, ((Parsed.Tree) GRAMMAR.parse(text)).statements(), TEXTS);
  }

  private static List<Arguments> cases() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    String text = "";
    for (String line : lines()) {
      if (line.startsWith(ANSWER)) {
        cases.add(Arguments.of(text, line.substring(ANSWER.length()).strip()));
      }
      text = line;
    }
    return cases;
  }

  private static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DescriberTest.class.getResourceAsStream("statements.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
