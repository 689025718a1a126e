package dev.blastwall.e2e;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** pgx 5, the driver of most Go programs. */
class PgxIT extends ClientContract {

  @Override
  String client() {
    return "pgx 5";
  }

  @Override
  List<ClientCheck> checks() {
    return List.copyOf(EnumSet.allOf(ClientCheck.class));
  }

  @Override
  String run(Map<String, String> environment, List<String> checks) throws Exception {
    return program("go", environment, List.of("go", "run", "."), checks);
  }
}
