package dev.blastwall.e2e;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** asyncpg: a driver written from scratch, binary throughout. */
class AsyncpgIT extends ClientContract {

  @Override
  String client() {
    return "asyncpg";
  }

  @Override
  List<ClientCheck> checks() {
    return List.copyOf(EnumSet.complementOf(EnumSet.of(ClientCheck.PIPELINE)));
  }

  @Override
  String run(Map<String, String> environment, List<String> checks) throws Exception {
    return program(
        "python", environment, List.of(installed("./python-clients"), "asyncpg_client.py"), checks);
  }
}
