package dev.blastwall.recorder;

import static dev.blastwall.recorder.Fixture.assertSound;
import static dev.blastwall.recorder.Fixture.begin;
import static dev.blastwall.recorder.Fixture.bytes;
import static dev.blastwall.recorder.Fixture.durable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {

  @TempDir Path temp;
  private SigningKey key;
  private Path folder;

  @BeforeEach
  void makeKey() throws IOException {
    key = SigningKey.loadOrCreate(temp.resolve("keys"));
    folder = temp.resolve("recordings");
  }

  @Test
  void recordIsToldAsDurableWithItsNumberInTheSession() throws Exception {
    try (var recorder = Recorder.open(folder, key, RecorderOptions.defaults())) {
      var session = begin(recorder, "s1");
      session.append(SessionRecord.now("command", new byte[] {1}));

      assertThat(durable(session, "select 2")).isEqualTo(new AppendResult.Durable(2));
    }
  }

  @Test
  void outcomeIsToldOnTheSessionsOwnExecutor() throws Exception {
    try (var loop = Executors.newSingleThreadExecutor(it -> new Thread(it, "event-loop"));
        var recorder = Recorder.open(folder, key, RecorderOptions.defaults())) {
      var thread = new CompletableFuture<String>();
      var session = recorder.begin("s1", bytes("{}"), loop);

      session.append(
          SessionRecord.now("command", bytes("x")),
          it -> thread.complete(Thread.currentThread().getName()));

      assertThat(thread.get(20, TimeUnit.SECONDS)).isEqualTo("event-loop");
    }
  }

  @Test
  void listenerThatThrowsHarmsNobodyElse() throws Exception {
    try (var recorder = Recorder.open(folder, key, RecorderOptions.defaults())) {
      var session = begin(recorder, "s1");

      session.append(
          SessionRecord.now("command", bytes("x")),
          it -> {
            throw new IllegalStateException("listener");
          });

      assertThat(durable(session, "y")).isEqualTo(new AppendResult.Durable(2));
    }
  }

  @Test
  void closedSessionHoldsItsRecordsItsReasonAndTheirCount() throws Exception {
    try (var recorder = Recorder.open(folder, key, RecorderOptions.defaults())) {
      var session = begin(recorder, "s1");
      session.append(SessionRecord.now("command", bytes("select 1")));
      session.append(SessionRecord.now("result.rows", bytes("1")));

      session.close("client left");
    }

    var reader = new SessionReader(folder);
    var summary = reader.find("s1").orElseThrow();
    assertThat(summary.records()).isEqualTo(2);
    assertThat(summary.end().orElseThrow().reason()).isEqualTo("client left");
    assertThat(reader.records("s1").map(it -> new String(it.event().body())))
        .containsExactly("select 1", "1");
    assertSound(folder, key);
  }

  @Test
  void closedRecorderLeavesNoSpoolAndNoOpenSession() throws Exception {
    try (var recorder = Recorder.open(folder, key, RecorderOptions.defaults())) {
      begin(recorder, "s1");
    }

    assertThat(folder.resolve("spool")).isEmptyDirectory();
    assertThat(new SessionReader(folder).find("s1").orElseThrow().end().orElseThrow().reason())
        .isEqualTo("recorder closed");
    assertSound(folder, key);
  }

  @Test
  void runWithoutSessionsLeavesNoTrace() throws Exception {
    Recorder.open(folder, key, RecorderOptions.defaults()).close();

    assertThat(Files.size(folder.resolve("sessions.ledger"))).isEqualTo(Ledger.HEADER_BYTES);
    assertSound(folder, key);
  }

  @Test
  void nothingIsTakenAfterTheEnd() throws Exception {
    var recorder = Recorder.open(folder, key, RecorderOptions.defaults());
    var closed = begin(recorder, "s1");
    var open = begin(recorder, "s2");
    closed.close("done");

    assertThat(closed.append(SessionRecord.now("command", bytes("x")))).isEqualTo(Admission.CLOSED);
    assertThat(durable(closed, "x")).isEqualTo(new AppendResult.Refused(Admission.CLOSED));
    recorder.close();
    assertThat(open.append(SessionRecord.now("command", bytes("x")))).isEqualTo(Admission.CLOSED);
    assertThat(durable(open, "x")).isEqualTo(new AppendResult.Refused(Admission.CLOSED));
    assertThatThrownBy(() -> begin(recorder, "s3")).isInstanceOf(RecordingRefusedException.class);
    assertSound(folder, key);
  }

  @Test
  void generationsBecomeSegmentsWhileTheSessionGoesOn() throws Exception {
    try (var recorder = Recorder.open(folder, key, Fixture.TINY)) {
      var session = begin(recorder, "s1");
      for (var i = 0; i < 5; i++) {
        durable(session, "command " + i);
      }
    }

    try (var files = Files.walk(folder.resolve("sessions"))) {
      assertThat(files.filter(it -> it.toString().endsWith(".segment")).count())
          .isGreaterThanOrEqualTo(5);
    }
    assertThat(new SessionReader(folder).records("s1").map(StoredRecord::sequence))
        .containsExactly(1L, 2L, 3L, 4L, 5L);
    assertSound(folder, key);
  }

  @Test
  void openRecordingIsReadableAndVerifiableMeanwhile() throws Exception {
    try (var recorder = Recorder.open(folder, key, Fixture.SPOOLING)) {
      var session = begin(recorder, "s1");
      durable(session, "select 1");

      var report = Fixture.verify(folder, key);

      assertThat(report.findings()).isEmpty();
      assertThat(report.open()).containsExactly("s1");
      assertThat(report.spooledEntries()).isEqualTo(2);
      assertThat(new SessionReader(folder).records("s1").map(it -> it.event().type()))
          .containsExactly("command");
      assertThat(new SessionReader(folder).find("s1").orElseThrow().end()).isEmpty();
    }
  }

  /** The disk may take its time between making a file and taking its header. */
  @Test
  void generationThatIsJustBeingMadeIsNoFinding() throws Exception {
    try (var recorder = Recorder.open(folder, key, Fixture.SPOOLING)) {
      durable(begin(recorder, "s1"), "select 1");
      var next = Files.createFile(new RecordingFolder(folder).spoolFile(2));

      assertThat(Fixture.verify(folder, key).findings()).isEmpty();

      Files.write(next, new byte[SpoolFile.HEADER_BYTES]);
      assertThat(Fixture.verify(folder, key).findings()).hasSize(1);
      Files.delete(next);
    }
    var first = Files.createFile(new RecordingFolder(folder).spoolFile(2));
    assertThat(Fixture.verify(folder, key).findings()).isEmpty();
    Files.delete(first);
  }

  /** Sealing, deleting and writing go on under the verifier and the reader all the time. */
  @Test
  void runningRecorderIsVerifiedWithoutFalseFindings() throws Exception {
    try (var pool = Executors.newSingleThreadExecutor();
        var recorder = Recorder.open(folder, key, Fixture.TINY)) {
      var session = begin(recorder, "s1");
      durable(session, "first");
      var recording = pool.submit(() -> recordDurably(session, 150));
      do {
        assertThat(Fixture.verify(folder, key).findings()).isEmpty();
        assertThat(new SessionReader(folder).records("s1").count()).isPositive();
      } while (!recording.isDone());
      assertThat(recording.get()).isEqualTo(new AppendResult.Durable(151));
    }
    assertSound(folder, key);
  }

  private static AppendResult recordDurably(SessionRecording session, int count) throws Exception {
    for (var i = 1; i < count; i++) {
      durable(session, "command");
    }
    return durable(session, "last");
  }

  @Test
  void fullQueueRefusesAndNeverBlocks() throws Exception {
    var disk = new FaultyDisk();
    var gate = new CountDownLatch(1);
    var held = new CompletableFuture<AppendResult>();
    long accepted;
    try (var recorder =
        Recorder.open(folder, key, RecorderOptions.defaults().withQueueBytes(2000), disk)) {
      var session = begin(recorder, "s1");
      disk.holdSyncs(gate);
      session.append(SessionRecord.now("command", bytes("held")), held::complete);
      disk.awaitHeldSync();
      try {
        accepted = fillQueue(session);

        assertThat(held).as("not told before the fsync").isNotDone();
        assertThat(accepted).isBetween(1L, 20L);
        assertThat(durable(session, "one more"))
            .isEqualTo(new AppendResult.Refused(Admission.FULL));
        assertThatThrownBy(() -> begin(recorder, "s2")).hasMessageContaining("full");
        session.close("closing is always taken");
      } finally {
        gate.countDown();
      }
      assertThat(held.get(20, TimeUnit.SECONDS)).isEqualTo(new AppendResult.Durable(1));
    }
    assertThat(new SessionReader(folder).find("s1").orElseThrow().records())
        .isEqualTo(1 + accepted);
    assertSound(folder, key);
  }

  private static long fillQueue(SessionRecording session) {
    var accepted = 0L;
    while (session.append(SessionRecord.now("command", bytes("x"))) == Admission.ACCEPTED) {
      accepted++;
    }
    return accepted;
  }

  @Test
  void spoolAtItsHighWaterMarkRefuses() throws Exception {
    var options = Fixture.SPOOLING.withSpoolBytes(1000);
    try (var recorder = Recorder.open(folder, key, options)) {
      var session = begin(recorder, "s1");
      durable(session, "x".repeat(1000));

      assertThat(session.append(SessionRecord.now("command", bytes("y"))))
          .isEqualTo(Admission.FULL);
    }
    assertSound(folder, key);
  }

  @Test
  void idOfAnUnsealedSessionCannotBeUsedAgain() throws Exception {
    try (var recorder = Recorder.open(folder, key, Fixture.SPOOLING)) {
      begin(recorder, "s1").close("done");

      assertThatThrownBy(() -> begin(recorder, "s1")).isInstanceOf(RecordingRefusedException.class);
    }
  }

  @Test
  void idOfASealedSessionOfTheDayIsRefused() throws Exception {
    try (var recorder = Recorder.open(folder, key, RecorderOptions.defaults())) {
      begin(recorder, "s1");
    }
    try (var recorder = Recorder.open(folder, key, RecorderOptions.defaults())) {
      var session = begin(recorder, "s1");

      assertThat(durable(session, "x")).isEqualTo(new AppendResult.Refused(Admission.DUPLICATE));
    }
    assertSound(folder, key);
  }

  @Test
  void idThatCouldLeaveTheFolderIsRefused() throws Exception {
    try (var recorder = Recorder.open(folder, key, RecorderOptions.defaults())) {
      assertThatThrownBy(() -> begin(recorder, "../s1"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void secondRecorderIsKeptOutOfTheFolder() throws Exception {
    try (var recorder = Recorder.open(folder, key, RecorderOptions.defaults())) {
      assertThatThrownBy(() -> Recorder.open(folder, key, RecorderOptions.defaults()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("already");
      assertThat(recorder.status().healthy()).isTrue();
    }
  }

  @Test
  void folderOfAnotherKeyIsRefused() throws Exception {
    try (var recorder = Recorder.open(folder, key, RecorderOptions.defaults())) {
      begin(recorder, "s1");
    }
    var other = SigningKey.loadOrCreate(temp.resolve("other"));

    assertThatThrownBy(() -> Recorder.open(folder, other, RecorderOptions.defaults()))
        .isInstanceOf(RecordingDamagedException.class)
        .hasMessageContaining(other.id());
  }

  @Test
  void longReasonIsCutAtACharacter() throws Exception {
    try (var recorder = Recorder.open(folder, key, RecorderOptions.defaults())) {
      begin(recorder, "s1").close("é".repeat(600) + "x");
    }

    assertThat(new SessionReader(folder).find("s1").orElseThrow().end().orElseThrow().reason())
        .isEqualTo("é".repeat(500));
  }

  @Test
  void manySessionsAtOnceKeepTheirOrder() throws Exception {
    var threads = 8;
    var perThread = 500;
    var options = RecorderOptions.defaults().withGenerations(100_000, Duration.ofHours(1));
    try (var pool = Executors.newFixedThreadPool(threads);
        var recorder = Recorder.open(folder, key, options)) {
      var done = new ArrayList<Future<AppendResult>>();
      for (var thread = 0; thread < threads; thread++) {
        var id = "s" + thread;
        done.add(pool.submit(() -> fill(begin(recorder, id), perThread)));
      }
      for (var each : done) {
        assertThat(each.get()).isEqualTo(new AppendResult.Durable(perThread + 1));
      }
    }

    for (var thread = 0; thread < threads; thread++) {
      assertThat(
              new SessionReader(folder)
                  .records("s" + thread)
                  .map(it -> new String(it.event().body())))
          .startsWith("0", "1", "2")
          .hasSize(perThread + 1);
    }
    assertSound(folder, key);
  }

  private static AppendResult fill(SessionRecording session, int count) throws Exception {
    for (var i = 0; i < count; i++) {
      var body = bytes(String.valueOf(i));
      assertThat(session.append(SessionRecord.now("command", body))).isEqualTo(Admission.ACCEPTED);
    }
    return durable(session, "last");
  }
}
