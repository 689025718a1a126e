package dev.blastwall.recorder;

import static dev.blastwall.recorder.Fixture.assertSound;
import static dev.blastwall.recorder.Fixture.begin;
import static dev.blastwall.recorder.Fixture.bytes;
import static dev.blastwall.recorder.Fixture.durable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFailureTest {

  private static final AppendResult UNHEALTHY = new AppendResult.Refused(Admission.UNHEALTHY);

  @TempDir Path temp;
  private final FaultyDisk disk = new FaultyDisk();
  private SigningKey key;
  private Path folder;

  @BeforeEach
  void makeKey() throws IOException {
    key = SigningKey.loadOrCreate(temp.resolve("keys"));
    folder = temp.resolve("recordings");
  }

  @Test
  void failedWriteOfTheSpoolFailsClosedAndLosesNothingThatWasAcknowledged() throws Exception {
    var recorder = Recorder.open(folder, key, Fixture.SPOOLING, disk);
    var session = begin(recorder, "s1");
    durable(session, "acknowledged");
    disk.failWrites("spool");

    assertThat(durable(session, "lost")).isEqualTo(UNHEALTHY);

    assertThat(durable(session, "later")).isEqualTo(UNHEALTHY);
    assertThat(session.append(SessionRecord.now("command", bytes("x"))))
        .isEqualTo(Admission.UNHEALTHY);
    assertThatThrownBy(() -> begin(recorder, "s2")).isInstanceOf(RecordingRefusedException.class);
    assertThat(recorder.status().healthy()).isFalse();
    assertThat(recorder.status().fault().orElseThrow()).contains("No space left");
    recorder.close();
    assertReopens("acknowledged");
  }

  @Test
  void failedSyncOfTheSpoolFailsClosed() throws Exception {
    var recorder = Recorder.open(folder, key, Fixture.SPOOLING, disk);
    var session = begin(recorder, "s1");
    durable(session, "acknowledged");
    disk.failSyncs("spool");

    assertThat(durable(session, "written but not synced")).isEqualTo(UNHEALTHY);

    disk.failSyncs("none");
    assertThat(durable(session, "later")).as("a later sync proves nothing").isEqualTo(UNHEALTHY);
    recorder.close();
    assertReopens("acknowledged");
  }

  @Test
  void failedStartOfARunFailsClosed() throws Exception {
    var recorder = Recorder.open(folder, key, Fixture.SPOOLING, disk);
    disk.failWrites("ledger");

    assertThat(durable(begin(recorder, "s1"), "x")).isEqualTo(UNHEALTHY);

    recorder.close();
    disk.failWrites("none");
    Recorder.open(folder, key, Fixture.SPOOLING, disk).close();
    assertSound(folder, key);
  }

  @Test
  void failedSealingIsTriedAgainWhileTheSpoolGoesOn() throws Exception {
    try (var recorder = Recorder.open(folder, key, Fixture.TINY, disk)) {
      var session = begin(recorder, "s1");
      disk.failWrites("segment");
      durable(session, "one");

      awaitSealing(recorder, false);

      assertThat(durable(session, "two")).isEqualTo(new AppendResult.Durable(2));
      disk.failWrites("ledger");
      awaitSealing(recorder, false);
      disk.failWrites("none");
      awaitSealing(recorder, true);
    }
    assertSound(folder, key);
    assertThat(new SessionReader(folder).find("s1").orElseThrow().records()).isEqualTo(2);
  }

  @Test
  void whatCannotBeSealedAtTheEndIsSealedAtTheNextStart() throws Exception {
    var recorder = Recorder.open(folder, key, Fixture.SPOOLING, disk);
    durable(begin(recorder, "s1"), "acknowledged");
    disk.failWrites("segment");

    recorder.close();

    assertReopens("acknowledged");
  }

  private void assertReopens(String body) throws Exception {
    Recorder.open(folder, key, Fixture.SPOOLING).close();
    assertSound(folder, key);
    assertThat(new SessionReader(folder).records("s1").map(it -> new String(it.event().body())))
        .contains(body);
  }

  private static void awaitSealing(Recorder recorder, boolean works) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (recorder.status().sealing().isEmpty() != works) {
            LockSupport.parkNanos(1_000_000);
          }
        });
  }
}
