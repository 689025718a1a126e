package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.protocol.FakeGate;
import dev.blastwall.protocol.Upstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What psql prints is the same directly and through a gateway that forwards everything. The small
 * brother of ci/pg-regress, whose findings are in it.
 */
class TransparencyIT {

  private final TestGateway gateway = TestGateway.shared();

  @BeforeEach
  void forget() {
    gateway.gate.reset();
  }

  @Test
  void psqlPrintsTheSameThroughTheGateway() throws Exception {
    Upstream upstream = gateway.upstream();
    String direct =
        psql(
            Map.of(
                "PGPORT",
                Integer.toString(upstream.port()),
                "PGUSER",
                upstream.user(),
                "PGPASSWORD",
                TestGateway.PASSWORD,
                "PGDATABASE",
                "postgres"));

    String through =
        psql(
            Map.of(
                "PGPORT",
                Integer.toString(gateway.address().getPort()),
                "PGUSER",
                "alice",
                "PGPASSWORD",
                FakeGate.TOKEN,
                "PGDATABASE",
                "shop"));

    assertThat(direct).contains("Key (id)=(1) already exists.", "hi", "f\\\\ve");
    assertThat(through).isEqualTo(direct);
  }

  /** Runs the script and gives all that psql says, in its order. */
  private static String psql(Map<String, String> settings)
      throws IOException, InterruptedException {
    ProcessBuilder program =
        new ProcessBuilder(List.of("psql", "-X", "-a", "-q", "-f", script()))
            .redirectErrorStream(true);
    program.environment().putAll(settings);
    program.environment().put("PGHOST", "localhost");
    program.environment().put("PGCLIENTENCODING", "UTF8");
    Process process = program.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static String script() {
    return Objects.requireNonNull(TransparencyIT.class.getResource("transparency.sql")).getPath();
  }
}
