package dev.blastwall.e2e;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** psql of this machine. */
class PsqlClientIT extends ClientContract {

  @Override
  String client() {
    return "psql 15";
  }

  @Override
  List<ClientCheck> checks() {
    return List.copyOf(EnumSet.complementOf(EnumSet.of(ClientCheck.PIPELINE)));
  }

  /** The program. */
  String psql() throws Exception {
    return "psql";
  }

  @Override
  final String run(Map<String, String> environment, List<String> checks) throws Exception {
    return program("psql", environment, List.of("sh", "client.sh", psql()), checks);
  }
}
