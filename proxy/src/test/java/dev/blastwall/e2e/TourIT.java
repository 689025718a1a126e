package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code blastwall demo --tour}, as the README's first command runs it. */
class TourIT {

  @TempDir private Path folder;

  @Test
  void everyOutcomeIsAsPrinted() throws Exception {
    Program tour =
        Program.run(
            folder,
            Map.of(),
            "",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.blastwall.Main",
                "demo",
                "--tour"));

    assertThat(tour.output())
        .contains("An allowed query")
        .contains("***", "@example")
        .contains("ERROR:", "42501", "HINT:")
        .contains("it waits:", "rows changed")
        .contains("=> delete from payments", "refuse")
        .contains("Sound: ", "That was the tour.");
    assertThat(tour.exitCode()).isZero();
    assertThat(Files.exists(folder.resolve(".blastwall").resolve("ready.json"))).isFalse();
  }
}
