package dev.blastwall.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.blastwall.approval.Outcome;
import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.DecisionJson;
import dev.blastwall.policy.Difference;
import dev.blastwall.recorder.Admission;
import dev.blastwall.recorder.AppendResult;
import dev.blastwall.recorder.Recorder;
import dev.blastwall.recorder.SessionRecord;
import dev.blastwall.recorder.SessionRecording;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The record of one session; lives on its event loop. Once a record is not taken, the evidence has
 * a gap, and every later command is told so.
 */
public final class SessionLog {

  private final Recorder recorder;
  private final SessionRecording recording;
  private final NodeLog node;
  private final Shapes shapes = new Shapes(body -> append(RecordTypes.SHAPE, body));
  private int decisions;
  private boolean incomplete;
  private boolean closed;

  /**
   * The record of one session.
   *
   * @param node takes what comes when this record is closed
   */
  SessionLog(Recorder recorder, SessionRecording recording, NodeLog node) {
    this.recorder = recorder;
    this.recording = recording;
    this.node = node;
  }

  /**
   * Names the next decision: the session's id and a number, so that a decision leads to its record.
   */
  public String nextDecisionId() {
    return recording.id() + "/" + ++decisions;
  }

  /**
   * Records a command and the decision about it.
   *
   * @param since {@link System#nanoTime()} when it was asked
   * @return whether the record was taken
   */
  public boolean judged(
      String decisionId, Command command, CommandDigest digest, Decision decision, long since) {
    return append(RecordTypes.COMMAND, judgement(decisionId, command, digest, decision, since));
  }

  /**
   * As {@link #judged}, but the answer comes when the record is on disk.
   *
   * @param then told whether it is, on the session's event loop
   */
  public void judgedDurably(
      String decisionId,
      Command command,
      CommandDigest digest,
      Decision decision,
      long since,
      Consumer<Boolean> then) {
    appendDurably(
        RecordTypes.COMMAND, judgement(decisionId, command, digest, decision, since), then);
  }

  /**
   * Records what approvers said.
   *
   * @param then told whether it is on disk, on the session's event loop
   */
  public void answered(String decisionId, Outcome outcome, Consumer<Boolean> then) {
    appendDurably(
        RecordTypes.APPROVAL,
        Json.object(json -> {
          json.writeStringField("decision", decisionId);
          Descriptions.outcome(json, outcome);
        }),
        then);
  }

  /** Records the columns of a result and the decision about them; whether the record was taken. */
  public boolean described(
      String decisionId, String commandDecisionId, List<ResultColumn> columns, Decision decision) {
    int described = shapes.of(columns);
    int decided = shapes.of(decision);
    return append(
        RecordTypes.RESULT,
        Json.object(json -> {
          json.writeStringField("decision", decisionId);
          json.writeStringField("command", commandDecisionId);
          json.writeNumberField("columns", described);
          decided(json, decision, decided);
        }));
  }

  /**
   * Records the decision of another policy whether the session may go on; whether the record was
   * taken.
   */
  public boolean reviewed(String decisionId, Decision decision) {
    int decided = shapes.of(decision);
    return append(
        RecordTypes.CONNECT,
        Json.object(json -> {
          json.writeStringField("decision", decisionId);
          decided(json, decision, decided);
        }));
  }

  /**
   * Records what a shadow would have decided otherwise. It is no evidence of what happened: where
   * the recorder is behind it is left out, and nothing else suffers.
   */
  public void differs(Difference difference) {
    if (closed) {
      node.differs(difference);
    } else if (!congested()) {
      recording.append(SessionRecord.now(RecordTypes.SHADOW, Descriptions.difference(difference)));
    }
  }

  /** Records a part of an answer, as the client saw it. */
  public void response(byte[] bytes) {
    for (int from = 0; from < bytes.length; from += SessionRecord.MAX_BODY_BYTES) {
      int to = Math.min(bytes.length, from + SessionRecord.MAX_BODY_BYTES);
      append(
          RecordTypes.RESPONSE,
          from == 0 && to == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, to));
    }
  }

  /** Records that a command's answer is complete. */
  public void completed(String decisionId, String outcome, long rows) {
    append(
        RecordTypes.COMPLETED,
        Json.object(json -> {
          json.writeStringField("decision", decisionId);
          json.writeStringField("outcome", outcome);
          json.writeNumberField("rows", rows);
        }));
  }

  /** Records that somebody broke the protocol. */
  public void fault(String what) {
    append(RecordTypes.FAULT, Json.object(json -> json.writeStringField("what", what)));
  }

  /** Whether the recorder is behind. */
  public boolean congested() {
    return recorder.congested();
  }

  /** Ends the record. */
  public void close(String why) {
    closed = true;
    recording.close(why);
  }

  private boolean append(String type, byte[] body) {
    if (recording.append(SessionRecord.now(type, body)) != Admission.ACCEPTED) {
      incomplete = true;
    }
    return !incomplete;
  }

  private void appendDurably(String type, byte[] body, Consumer<Boolean> then) {
    recording.append(
        SessionRecord.now(type, body),
        result -> {
          switch (result) {
            case AppendResult.Durable durable -> then.accept(!incomplete);
            case AppendResult.Refused refused -> {
              incomplete = true;
              then.accept(false);
            }
          }
        });
  }

  private byte[] judgement(
      String decisionId, Command command, CommandDigest digest, Decision decision, long since) {
    long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - since);
    int described = shapes.of(command);
    int decided = shapes.of(decision);
    return Json.object(json -> {
      json.writeStringField("decision", decisionId);
      json.writeStringField("digest", digest.hex());
      Descriptions.command(json, command, described);
      decided(json, decision, decided);
      json.writeNumberField("decided_us", micros);
    });
  }

  /** Its outcome is what people look for. */
  private static void decided(JsonGenerator json, Decision decision, int shape) throws IOException {
    json.writeStringField("outcome", DecisionJson.outcome(decision));
    json.writeNumberField("decided", shape);
  }
}
