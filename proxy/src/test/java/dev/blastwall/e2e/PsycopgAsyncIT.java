package dev.blastwall.e2e;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** psycopg 3 in an event loop. */
class PsycopgAsyncIT extends ClientContract {

  @Override
  String client() {
    return "psycopg 3 async";
  }

  @Override
  List<ClientCheck> checks() {
    return List.copyOf(EnumSet.allOf(ClientCheck.class));
  }

  @Override
  String run(Map<String, String> environment, List<String> checks) throws Exception {
    return program(
        "python",
        environment,
        List.of(installed("./python-clients"), "psycopg_async_client.py"),
        checks);
  }
}
