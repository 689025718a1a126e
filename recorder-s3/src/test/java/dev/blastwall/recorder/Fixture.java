package dev.blastwall.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What the tests of this package say often. */
final class Fixture {

  /** Generations so small that every durable record ends one: many segments from few records. */
  static final RecorderOptions TINY =
      RecorderOptions.defaults().withGenerations(1, Duration.ofHours(1));

  /** Generations that end only when the recorder closes: everything stays in the spool. */
  static final RecorderOptions SPOOLING =
      RecorderOptions.defaults().withGenerations(1 << 30, Duration.ofHours(1));

  private Fixture() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static SessionRecording begin(Recorder recorder, String id) {
    return recorder.begin(id, bytes("{\"session\":\"" + id + "\"}"), Runnable::run);
  }

  static AppendResult durable(SessionRecording session, String body) throws Exception {
    var outcome = new CompletableFuture<AppendResult>();
    session.append(SessionRecord.now("command", bytes(body)), outcome::complete);
    return outcome.get(20, TimeUnit.SECONDS);
  }

  /** What a kill -9 leaves: the files as they are now. */
  static Path copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : (Iterable<Path>) files.sorted()::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  static VerifyReport verify(Path folder, SigningKey key) throws IOException {
    return Verifier.verify(folder, key.publicKey());
  }

  static void assertSound(Path folder, SigningKey key) throws IOException {
    assertThat(verify(folder, key).findings()).isEmpty();
  }
}
