package dev.blastwall.e2e;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** PostgreSQL's JDBC driver. */
class PgjdbcClientIT extends ClientContract {

  @Override
  String client() {
    return "pgjdbc";
  }

  @Override
  List<ClientCheck> checks() {
    return List.copyOf(EnumSet.allOf(ClientCheck.class));
  }

  @Override
  String run(Map<String, String> environment, List<String> checks) {
    PgjdbcClient client = new PgjdbcClient(environment);
    return String.join("\n", checks.stream().map(check -> client.run(named(check))).toList());
  }

  private static ClientCheck named(String word) {
    return ClientCheck.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
