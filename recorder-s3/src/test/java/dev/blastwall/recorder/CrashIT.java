package dev.blastwall.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that records, with SIGKILL and at no chosen moment. */
class CrashIT {

  private static final int ACKNOWLEDGEMENTS = 2000;

  @TempDir Path temp;

  @RepeatedTest(3)
  void everythingAcknowledgedIsThereAfterKillAndReopen() throws Exception {
    var folder = temp.resolve("recordings");
    var key = SigningKey.loadOrCreate(temp.resolve("keys"));
    var child = start(folder);
    var acknowledged = new HashMap<String, Long>();
    try (var out = child.inputReader()) {
      read(out, acknowledged, ACKNOWLEDGEMENTS);

      child.toHandle().destroyForcibly();

      read(out, acknowledged, Integer.MAX_VALUE);
    }
    assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as("killed by SIGKILL").isEqualTo(128 + 9);
    Recorder.open(folder, key, RecorderOptions.defaults()).close();

    var report = Verifier.verify(folder, key.publicKey());
    assertThat(report.findings()).isEmpty();
    assertThat(report.open()).isEmpty();
    var reader = new SessionReader(folder);
    for (var session : acknowledged.entrySet()) {
      var bodies =
          reader.records(session.getKey()).map(it -> new String(it.event().body())).toList();
      assertThat(bodies).hasSizeGreaterThanOrEqualTo(session.getValue().intValue());
      for (var i = 0; i < bodies.size(); i++) {
        assertThat(bodies.get(i)).isEqualTo("command " + (i + 1));
      }
    }
    assertThat(acknowledged).isNotEmpty();
  }

  private Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            folder.toString(),
            temp.resolve("keys").toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Reads lines "session number"; a last line cut by the kill is no acknowledgement. */
  private static void read(BufferedReader out, Map<String, Long> acknowledged, int count)
      throws IOException {
    for (var i = 0; i < count; i++) {
      var line = out.readLine();
      if (line == null) {
        return;
      }
      if (line.endsWith(".")) {
        var space = line.indexOf(' ');
        acknowledged.merge(
            line.substring(0, space),
            Long.parseLong(line.substring(space + 1, line.length() - 1)),
            Math::max);
      }
    }
  }

  /**
   * The process that is killed: four sessions, each with its next command as soon as the last is
   * durable.
   */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) throws Exception {
      var key = SigningKey.loadOrCreate(Path.of(arguments[1]));
      var options = RecorderOptions.defaults().withGenerations(50_000, Duration.ofHours(1));
      var recorder = Recorder.open(Path.of(arguments[0]), key, options);
      for (var i = 0; i < 4; i++) {
        var id = "s" + i;
        Thread.ofPlatform().start(() -> commands(recorder, id));
      }
    }

    private static void commands(Recorder recorder, String id) {
      var session = recorder.begin(id, Fixture.bytes("{}"), Runnable::run);
      try {
        for (var i = 1; ; i++) {
          if (!(Fixture.durable(session, "command " + i) instanceof AppendResult.Durable durable)) {
            return;
          }
          System.out.println(id + " " + durable.sequence() + ".");
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
