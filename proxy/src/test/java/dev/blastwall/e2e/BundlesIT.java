package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy that changes while sessions are open. */
class BundlesIT {

  static final String FORWARD =
      """
      decision := {"outcome": "forward", "reasons": [{"code": "open", "message": "open"}], "masks": [], "limits": {}, "log": {}, "record": "buffered"}
      """;

  private static final String REFUSE =
      """
      decision := {"outcome": "forward", "reasons": [{"code": "open", "message": "open"}], "masks": [], "limits": {}, "log": {}, "record": "buffered"} if input.point == "connect"
      else := {"outcome": "refuse", "reasons": [{"code": "closed", "message": "closed for today"}], "masks": [], "limits": {}, "log": {}, "record": "buffered"}
      """;

  @TempDir private Path work;

  @Test
  void aLiveSessionIsJudgedByTheNextBundle() throws Exception {
    try (ServedPolicy policy = new ServedPolicy(work, FORWARD);
        Connection alice = policy.connect();
        Statement statement = alice.createStatement()) {
      assertThat(statement.execute("select 1")).isTrue();
      assertThat(policy.gateway().bundleRevision()).isEqualTo("r1");

      // A new one is picked up, and the session that was there before is judged by it.
      policy.activate("r2", policy.signed("r2", policy.sources(REFUSE)));
      assertThatThrownBy(() -> statement.execute("select 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("closed for today");

      policy.activate("r3", policy.signed("r3", policy.sources(FORWARD)));
      assertThat(statement.execute("select 1")).isTrue();
    }
  }
}
