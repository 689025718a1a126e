package dev.blastwall.recording;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import dev.blastwall.command.Client;
import dev.blastwall.command.Session;
import dev.blastwall.policy.Decision;
import dev.blastwall.policy.DecisionJson;
import dev.blastwall.policy.Difference;
import dev.blastwall.recorder.Recorder;
import dev.blastwall.recorder.RecordingRefusedException;
import dev.blastwall.recorder.SessionRecord;
import dev.blastwall.recorder.SessionRecording;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The record of this gateway process: who was not let in. It also opens the record of every
 * session. Thread-safe.
 */
public final class NodeLog implements AutoCloseable {

  private static final TimeBasedEpochRandomGenerator IDS =
      Generators.timeBasedEpochRandomGenerator();

  private final Recorder recorder;
  private final SessionRecording node;

  /**
   * Begins the record of this process.
   *
   * @param recorder stays open until this log is closed; its owner closes it
   * @throws RecordingRefusedException when nothing can be recorded now
   */
  public NodeLog(Recorder recorder) {
    this.recorder = recorder;
    this.node =
        recorder.begin(
            nextId(),
            Json.object(json -> json.writeStringField("kind", RecordTypes.GATEWAY)),
            Runnable::run);
  }

  /** A new identifier, unique everywhere and sortable by time (RFC 9562, version 7). */
  public String nextId() {
    return IDS.generate().toString();
  }

  /** Names the decision whether {@code session} may begin. Those about its commands follow. */
  public static String connectDecisionId(Session session) {
    return session.id() + "/0";
  }

  /**
   * Opens the record of a session; empty when it cannot be recorded, and then it must not begin.
   *
   * @param session who, from where, to what
   * @param decision why they were let in
   * @param loop where the answers about durable records come
   */
  public Optional<SessionLog> begin(Session session, Decision.Forward decision, Executor loop) {
    try {
      return Optional.of(
          new SessionLog(
              recorder, recorder.begin(session.id(), metadata(session, decision), loop), this));
    } catch (RecordingRefusedException e) {
      return Optional.empty();
    }
  }

  /** Records a client that was not let in. */
  public void denied(
      String decisionId,
      String protocol,
      String connection,
      Client client,
      String why,
      String reason) {
    byte[] body =
        Json.object(json -> {
          json.writeStringField("decision", decisionId);
          json.writeStringField("protocol", protocol);
          json.writeStringField("connection", connection);
          Descriptions.client(json, client);
          json.writeStringField("why", why);
          json.writeStringField("reason", reason);
        });
    denied(body);
  }

  /**
   * Records somebody whom policy did not let in.
   *
   * @param session the one that did not begin
   * @param decision why
   */
  public void denied(Session session, Decision decision) {
    denied(
        Json.object(json -> {
          Descriptions.session(json, session);
          json.writeStringField("decision", connectDecisionId(session));
          Json.raw(json, "decided", DecisionJson.write(decision));
        }));
  }

  /** Records what a shadow said about a session that did not begin, or that is over by now. */
  public void differs(Difference difference) {
    append(RecordTypes.SHADOW, Descriptions.difference(difference));
  }

  private void denied(byte[] body) {
    append(RecordTypes.SIGN_IN_DENIED, body);
  }

  private synchronized void append(String type, byte[] body) {
    // A full recorder lets nobody in, so the attempt came to nothing whether recorded or not.
    node.append(SessionRecord.now(type, body));
  }

  @Override
  public synchronized void close() {
    node.close("the gateway stopped");
  }

  private static byte[] metadata(Session session, Decision.Forward decision) {
    return Json.object(json -> {
      json.writeStringField("kind", RecordTypes.SESSION);
      Descriptions.session(json, session);
      json.writeStringField("started", session.started().toString());
      json.writeStringField("expires", session.expires().toString());
      json.writeStringField("decision", connectDecisionId(session));
      Json.raw(json, "decided", DecisionJson.write(decision));
    });
  }
}
