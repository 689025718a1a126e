package dev.blastwall.e2e;

import java.util.EnumSet;
import java.util.List;

/** The newest psql, which has the extended protocol and its pipelines at hand. */
class Psql18ClientIT extends PsqlClientIT {

  @Override
  String client() {
    return "psql 18";
  }

  @Override
  List<ClientCheck> checks() {
    return List.copyOf(EnumSet.allOf(ClientCheck.class));
  }

  @Override
  String psql() throws Exception {
    return installed("./psql18");
  }
}
