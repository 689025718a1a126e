package dev.blastwall.recorder;

import static dev.blastwall.recorder.Fixture.assertSound;
import static dev.blastwall.recorder.Fixture.begin;
import static dev.blastwall.recorder.Fixture.copy;
import static dev.blastwall.recorder.Fixture.durable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A copy of the folder of a running recorder is what a kill -9 at this moment leaves; {@code
 * CrashIT} kills for real.
 */
class RecoveryTest {

  @TempDir Path temp;
  private SigningKey key;
  private Path killed;

  @BeforeEach
  void makeKey() throws IOException {
    key = SigningKey.loadOrCreate(temp.resolve("keys"));
    killed = temp.resolve("killed");
  }

  /** One ended and one open session of an earlier run in segments, the same in the spool. */
  private void recordAndKill(RecorderOptions options) throws Exception {
    var live = temp.resolve("live");
    try (var recorder = Recorder.open(live, key, options)) {
      var ended = begin(recorder, "ended");
      var open = begin(recorder, "open");
      durable(ended, "ended 1");
      durable(open, "open 1");
      ended.close("done");
      durable(open, "open 2");
      awaitSealed(recorder, options);
      copy(live, killed);
    }
  }

  /** With tiny generations: until only the current, empty one is left. */
  private static void awaitSealed(Recorder recorder, RecorderOptions options) {
    while (options.equals(Fixture.TINY) && recorder.status().unsealedBytes() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void reopen() throws IOException {
    Recorder.open(killed, key, RecorderOptions.defaults()).close();
  }

  private List<String> bodies(String session) throws IOException {
    return new SessionReader(killed)
        .records(session)
        .map(it -> new String(it.event().body()))
        .toList();
  }

  @Test
  void interruptedSessionIsClosedWithItsReasonAndItsAcknowledgedRecords() throws Exception {
    recordAndKill(Fixture.SPOOLING);

    reopen();

    assertSound(killed, key);
    assertThat(bodies("open")).containsExactly("open 1", "open 2");
    assertThat(bodies("ended")).containsExactly("ended 1");
    var reader = new SessionReader(killed);
    assertThat(reader.find("open").orElseThrow().end().orElseThrow().reason())
        .isEqualTo("interrupted: gateway stopped");
    assertThat(reader.find("ended").orElseThrow().end().orElseThrow().reason()).isEqualTo("done");
    assertThat(killed.resolve("spool")).isEmptyDirectory();
  }

  @Test
  void sessionWithAllItsRecordsSealedIsClosedToo() throws Exception {
    recordAndKill(Fixture.TINY);

    reopen();

    assertSound(killed, key);
    assertThat(bodies("open")).containsExactly("open 1", "open 2");
    assertThat(new SessionReader(killed).find("open").orElseThrow().end()).isPresent();
  }

  @Test
  void tornWriteIsCutWhereverItEndsAndNotedInTheLedger() throws Exception {
    recordAndKill(Fixture.SPOOLING);
    var spool = spoolFile();
    var content = Files.readAllBytes(spool);
    var frames = SpoolGeneration.read(spool, 1).frames();
    var lastFrame = frames.getLast().offset() - 4 - 1 - "open".length() - Hashes.LENGTH;
    for (var length = lastFrame + 1; length < content.length; length++) {
      var torn = copy(killed, temp.resolve("torn-" + length));
      truncate(torn.resolve("spool").resolve(spool.getFileName()), length);

      Recorder.open(torn, key, RecorderOptions.defaults()).close();

      var report = Fixture.verify(torn, key);
      assertThat(report.findings()).isEmpty();
      assertThat(report.notes())
          .singleElement()
          .asString()
          .contains("cut " + (length - lastFrame) + " bytes");
      assertThat(new SessionReader(torn).find("open").orElseThrow().records()).isEqualTo(1);
    }
  }

  @Test
  void interruptedRecoveryIsDoneAgain() throws Exception {
    recordAndKill(Fixture.SPOOLING);
    var disk = new FaultyDisk();
    for (var failing : List.of("spool", "segment", "ledger")) {
      disk.failWrites(failing);
      assertThatThrownBy(() -> Recorder.open(killed, key, Fixture.SPOOLING, disk))
          .isInstanceOf(IOException.class);
    }

    reopen();

    assertSound(killed, key);
    assertThat(bodies("open")).containsExactly("open 1", "open 2");
  }

  @Test
  void generationThatIsSealedAlreadyIsOnlyDeleted() throws Exception {
    recordAndKill(Fixture.SPOOLING);
    var spool = spoolFile();
    var content = Files.readAllBytes(spool);
    reopen();
    Files.write(spool, content);

    reopen();

    assertSound(killed, key);
    assertThat(spool).doesNotExist();
  }

  @Test
  void generationThatWasNeverUsedIsDropped() throws Exception {
    recordAndKill(Fixture.SPOOLING);
    Files.write(killed.resolve("spool/0000000000000002.spool"), new byte[3]);

    reopen();

    assertSound(killed, key);
    assertThat(bodies("open")).containsExactly("open 1", "open 2");
  }

  @Test
  void missingSpoolIsNotExplainedByACrash() throws Exception {
    recordAndKill(Fixture.SPOOLING);
    Files.delete(spoolFile());

    assertThat(Fixture.verify(killed, key).findings()).isNotEmpty();
    assertThatThrownBy(this::reopen)
        .isInstanceOf(RecordingDamagedException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void spoolThatTheLedgerDoesNotKnowIsNotSigned() throws Exception {
    recordAndKill(Fixture.SPOOLING);
    truncate(killed.resolve("sessions.ledger"), Ledger.HEADER_BYTES);

    assertThat(Fixture.verify(killed, key).findings()).isNotEmpty();
    assertThatThrownBy(this::reopen).isInstanceOf(RecordingDamagedException.class);
  }

  @Test
  void tornLedgerWithoutASpoolIsNotExplainedByACrash() throws Exception {
    recordAndKill(Fixture.SPOOLING);
    reopen();
    var ledger = killed.resolve("sessions.ledger");
    truncate(ledger, Files.size(ledger) - 1);

    assertThatThrownBy(this::reopen).isInstanceOf(RecordingDamagedException.class);
    assertThat(Files.size(ledger)).as("evidence is left as it is").isPositive();
  }

  @Test
  void missingLedgerBesideSessionsIsNotExplainedByACrash() throws Exception {
    recordAndKill(Fixture.SPOOLING);
    reopen();
    Files.delete(killed.resolve("sessions.ledger"));

    assertThatThrownBy(this::reopen).isInstanceOf(RecordingDamagedException.class);
  }

  private Path spoolFile() throws IOException {
    return new RecordingFolder(killed).generations().values().iterator().next();
  }

  private static void truncate(Path file, long length) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }
}
