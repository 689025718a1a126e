package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small brother of ci/differential. */
class DifferentialIT {

  private static final int STATEMENTS = 500;
  private static final long SEED = 1;

  @TempDir private static Path work;

  @Test
  void theGatewayChangesNothingButWhatPolicyMasks() throws Exception {
    try (Differential differential = new Differential(work)) {
      Differential.Counts counts = differential.run(STATEMENTS, SEED);

      assertThat(counts.findings()).isEmpty();
      assertThat(counts.equal()).isEqualTo(STATEMENTS);
      assertThat(counts.failed()).isPositive().isLessThan(STATEMENTS / 2);
      assertThat(counts.masked()).isPositive();
    }
  }
}
