package dev.blastwall.e2e;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** node-postgres with pg-cursor, pg-query-stream and pg-copy-streams. */
class NodePostgresIT extends ClientContract {

  @Override
  String client() {
    return "node-postgres";
  }

  @Override
  List<ClientCheck> checks() {
    return List.copyOf(EnumSet.complementOf(EnumSet.of(ClientCheck.PIPELINE)));
  }

  @Override
  String run(Map<String, String> environment, List<String> checks) throws Exception {
    return program("node", environment, List.of("node", "client.mjs"), checks);
  }
}
