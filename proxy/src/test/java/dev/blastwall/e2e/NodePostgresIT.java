package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.demo.Demo;
import dev.blastwall.demo.DemoUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a program does with node-postgres: a driver written from scratch in another language. */
class NodePostgresIT {

  private static final Path FOLDER = Path.of("src", "test", "node");

  private static RunningDemo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = new RunningDemo();
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  void queriesPreparedStatementsAndRefusalsWork() throws Exception {
    Program program =
        Program.run(
            FOLDER,
            Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                String.valueOf(demo.port()),
                "PGDATABASE",
                Demo.CONNECTION,
                "PGUSER",
                "alice",
                "PGPASSWORD",
                demo.token(DemoUser.ALICE)),
            "",
            List.of("node", "client.mjs"));

    assertThat(program.output())
        .contains("simple 1", "prepared 2 3", "masked true", "refused 42501", "in doubt 25P02")
        .contains("rolled back", "many 50", "done");
    assertThat(program.exitCode()).isZero();
  }
}
