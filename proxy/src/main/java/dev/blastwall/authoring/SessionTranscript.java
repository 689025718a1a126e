package dev.blastwall.authoring;

import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.OfflinePolicy;
import dev.blastwall.policy.RecordedInput;
import dev.blastwall.recorder.SessionRecord;
import dev.blastwall.recorder.SessionSummary;
import dev.blastwall.recording.RecordTypes;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes decisions of the records of one session, in their order. */
final class SessionTranscript {

  /** A result is described soon after its command. */
  private static final int COMMANDS_AT_A_TIME = 10_000;

  /** What of a command's record is {@code input.command}; which of them, depends on its kind. */
  private static final List<String> COMMAND =
      List.of(
          "kind",
          "dialect",
          "text",
          "digest",
          "understanding",
          "parameters",
          "masked_tokens",
          "protocol",
          "description");

  private final Consumer<RecordedDecision> then;
  private final Map<Value, Fields> shapes = new HashMap<>();
  private final Map<Value, ObjectValue> commands =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Value, ObjectValue> eldest) {
          return size() > COMMANDS_AT_A_TIME;
        }
      };
  private final Map<Value, Decision> decisions = new HashMap<>();
  private RecordedInput input;
  private String who = "";
  private String connection = "";
  private String program = "";
  private int asked;
  private long unreadable;

  SessionTranscript(SessionSummary session, Consumer<RecordedDecision> then) {
    this.then = then;
    this.input = new RecordedInput(session.id(), NullValue.NULL, NullValue.NULL, NullValue.NULL);
    attempt(() -> {
      Fields metadata = Fields.read(session.metadata());
      if (metadata.text("kind").equals(RecordTypes.SESSION)) {
        connect(metadata, Instant.parse(metadata.text("started")));
      }
    });
  }

  /** Records that hold no decision change nothing. */
  void read(SessionRecord record) {
    switch (record.type()) {
      case RecordTypes.SHAPE -> attempt(() -> shape(Fields.read(record.body())));
      case RecordTypes.CONNECT -> attempt(() -> review(Fields.read(record.body()), record.time()));
      case RecordTypes.COMMAND -> attempt(() -> command(Fields.read(record.body()), record.time()));
      case RecordTypes.RESULT -> attempt(() -> result(Fields.read(record.body()), record.time()));
      case RecordTypes.SIGN_IN_DENIED ->
          attempt(() -> denied(Fields.read(record.body()), record.time()));
      default -> {}
    }
  }

  /** Records of decisions that are not as this version writes them. */
  long unreadable() {
    return unreadable;
  }

  private interface Step {
    void take() throws IOException;
  }

  private void attempt(Step step) {
    try {
      step.take();
    } catch (IOException | IllegalArgumentException e) {
      unreadable++;
    }
  }

  private void shape(Fields shape) throws IOException {
    shapes.put(shape.member("shape"), shape);
  }

  /** Somebody who was turned away for another reason was not judged by policy. */
  private void denied(Fields record, Instant time) throws IOException {
    if (record.has("decided")) {
      connect(record, time);
    }
  }

  private void connect(Fields session, Instant time) throws IOException {
    input =
        new RecordedInput(
            session.text("session"),
            session.member("principal"),
            session.member("connection"),
            session.member("client"));
    who = who(session.object("principal"));
    connection = session.object("connection").text("name");
    program = session.object("client").text("application");
    Decision decision = decision(session.object("decided"));
    decided(session, time, "connect", program, input.connect(time), decision);
  }

  /** Another policy came in while the session was open. */
  private void review(Fields record, Instant time) throws IOException {
    Decision decision = decision(record, "decided");
    decided(record, time, "connect", program, input.connect(time), decision);
  }

  private void command(Fields record, Instant recorded) throws IOException {
    ObjectValue command = record.only(COMMAND);
    if (record.has("statements")) {
      command.put("statements", shape(record, "statements").member("statements"));
    }
    commands.put(record.member("decision"), command);
    Instant time = recorded.minus(record.number("decided_us"), ChronoUnit.MICROS);
    Decision decision = decision(record, "decided");
    decided(record, time, "command", shown(command), input.command(asked, command, time), decision);
    asked++;
  }

  private void result(Fields record, Instant time) throws IOException {
    ObjectValue command = commands.get(record.member("command"));
    if (command == null) {
      throw new IOException("the record of its command is not there");
    }
    Value columns = shape(record, "columns").member("columns");
    Decision decision = decision(record, "decided");
    decided(
        record,
        time,
        "result",
        shown(command),
        input.result(asked, command, columns, time),
        decision);
  }

  private void decided(
      Fields record, Instant time, String point, String text, Value question, Decision decision)
      throws IOException {
    then.accept(
        new RecordedDecision(
            record.text("decision"), time, who, connection, point, text, question, decision));
  }

  private static String shown(ObjectValue command) throws IOException {
    Fields fields = new Fields(command);
    return fields.text(fields.has("text") ? "text" : "description");
  }

  private static String who(Fields principal) throws IOException {
    StringBuilder who = new StringBuilder(principal.text("subject"));
    for (Fields actor : principal.objects("actors")) {
      who.append(" by ").append(actor.text("subject"));
    }
    return who.toString();
  }

  /** Decisions are few, and each is named by many records. */
  private Decision decision(Fields record, String name) throws IOException {
    Value number = record.member(name);
    Decision known = decisions.get(number);
    if (known == null) {
      known = decision(shape(record, name).object(name));
      decisions.put(number, known);
    }
    return known;
  }

  private static Decision decision(Fields decision) throws IOException {
    return OfflinePolicy.read(decision.object(), decision.text("revision"));
  }

  private Fields shape(Fields record, String name) throws IOException {
    Fields shape = shapes.get(record.member(name));
    if (shape == null) {
      throw new IOException("the record names a shape that is not there");
    }
    return shape;
  }
}
