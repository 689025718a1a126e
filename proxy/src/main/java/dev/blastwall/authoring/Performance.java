package dev.blastwall.authoring;

import dev.blastwall.authoring.Scenario.Expectation;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.DecisionJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came of a scenario.
 *
 * @param scenario what was played
 * @param questions what policy was asked about it, in turn; nothing when policy was never asked
 * @param masks the method by the name of each masked column
 * @param trouble what the client was told when it got no answer, or nothing
 */
public record Performance(
    Scenario scenario, List<AskedDecision> questions, Map<String, String> masks, String trouble) {

  public Performance {
    questions = List.copyOf(questions);
  }

  static Performance of(Scenario scenario, List<AskedDecision> asked, String trouble) {
    List<AskedDecision> questions = new ArrayList<>();
    Map<String, String> masks = new TreeMap<>();
    boolean answered = false;
    for (AskedDecision each : asked) {
      if (isOf(scenario, each)) {
        questions.add(each);
        answered |= point(each).equals("result");
        masks.putAll(masks(each));
        if (!(each.decision() instanceof Decision.Forward)) {
          break;
        }
      }
    }
    return new Performance(scenario, questions, masks, answered ? "" : trouble);
  }

  /** The driver may ask something of its own. */
  private static boolean isOf(Scenario scenario, AskedDecision asked) {
    return point(asked).equals("connect") || text(asked).equals(scenario.sql().orElse(""));
  }

  /** The question that settled it; empty when policy was never asked. */
  public Optional<AskedDecision> settled() {
    return questions.isEmpty() ? Optional.empty() : Optional.of(questions.getLast());
  }

  /** How it differs from what was expected; nothing when it does not. */
  public List<String> differences() {
    Expectation expected = scenario.expected();
    if (questions.isEmpty()) {
      return List.of("policy was never asked: " + trouble);
    }
    Decision decision = questions.getLast().decision();
    List<String> differences = new ArrayList<>();
    String outcome = DecisionJson.outcome(decision);
    if (!outcome.equals(expected.outcome())) {
      differences.add("expected " + expected.outcome() + ", was " + outcome + why(decision));
    }
    List<String> codes = decision.reasons().stream().map(Decision.Reason::code).toList();
    for (String reason : expected.reasons()) {
      if (!codes.contains(reason)) {
        differences.add("expected the reason " + reason + ", was " + String.join(", ", codes));
      }
    }
    expected.masks().ifPresent(wanted -> compare(new TreeMap<>(wanted), differences));
    return differences;
  }

  /** What another bundle settles otherwise, if anything. */
  static Optional<Change> change(Performance before, Performance after) {
    if (before.settled().isEmpty() || after.settled().isEmpty()) {
      return Optional.empty();
    }
    Scenario scenario = before.scenario;
    RecordedDecision asked =
        new RecordedDecision(
            scenario.place(),
            scenario.at(),
            scenario.who().subject(),
            scenario.connection().name(),
            point(after.settled().get()),
            scenario.sql().orElse(scenario.application()),
            after.settled().get().input(),
            before.settled().get().decision());
    return Change.between(asked, asked.decision(), after.settled().get().decision());
  }

  private void compare(Map<String, String> wanted, List<String> differences) {
    if (!wanted.equals(masks)) {
      differences.add(
          "expected the masks "
              + wanted
              + ", was "
              + masks
              + (trouble.isEmpty() ? "" : "; the database said: " + trouble));
    }
  }

  private static String why(Decision decision) {
    StringBuilder why = new StringBuilder();
    for (Decision.Reason reason : decision.reasons()) {
      why.append(System.lineSeparator())
          .append(reason.code())
          .append(": ")
          .append(reason.message());
    }
    return why.toString();
  }

  private static String point(AskedDecision asked) {
    return read(asked.input(), fields -> fields.text("point"));
  }

  private static String text(AskedDecision asked) {
    return read(
        asked.input(),
        fields -> {
          Fields command = fields.object("command");
          return command.has("text") ? command.text("text") : "";
        });
  }

  private static Map<String, String> masks(AskedDecision asked) {
    Map<String, String> masks = new TreeMap<>();
    if (asked.decision() instanceof Decision.Forward && point(asked).equals("result")) {
      List<Fields> columns =
          read(asked.input(), fields -> fields.object("result").objects("columns"));
      for (Fields mask : masks(asked.decision())) {
        read(mask, fields -> masks.put(column(fields, columns), fields.text("method")));
      }
    }
    return masks;
  }

  private static List<Fields> masks(Decision decision) {
    byte[] json = DecisionJson.write(decision).getBytes(StandardCharsets.UTF_8);
    try {
      List<Fields> columns = new ArrayList<>();
      for (Fields mask : Fields.read(json).objects("masks")) {
        if (mask.has("column")) {
          columns.add(mask);
        }
      }
      return columns;
    } catch (IOException e) {
      throw new UncheckedIOException("as it was written just now", e);
    }
  }

  private static String column(Fields mask, List<Fields> columns) throws IOException {
    return columns.get((int) mask.number("column")).text("name");
  }

  private interface Reading<T> {
    T of(Fields fields) throws IOException;
  }

  private static <T> T read(Value input, Reading<T> reading) {
    return read(new Fields((ObjectValue) input), reading);
  }

  private static <T> T read(Fields fields, Reading<T> reading) {
    try {
      return reading.of(fields);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the input is the gateway's own: " + Json.write(fields.object()), e);
    }
  }
}
