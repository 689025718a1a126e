package dev.blastwall.protocol.sql.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BuiltinFunctionsIT {

  private static final String QUERY =
      "SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace";

  /** They show what is neither in their arguments nor in a relation that the text names. */
  private static final Set<String> SHOW_DATA =
      Set.of(
          "pg_stat_get_activity",
          "pg_show_all_file_settings",
          "pg_hba_file_rules",
          "pg_ident_file_mappings");

  private static final Set<String> SHOW_DATA_BY_EFFECT =
      Set.of("query_in_value", "remote_query", "large_object", "server_file", "server_control");

  @Test
  void theListIsThatOfTheServerWithoutThoseThatShowOtherData() throws Exception {
    assertThat(committed()).isEqualTo(ofTheServer());
  }

  private static String ofTheServer() throws Exception {
    Set<String> names = new TreeSet<>();
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        Connection connection = server.getPostgresDatabase().getConnection();
        ResultSet rows = connection.createStatement().executeQuery(QUERY)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names.stream()
        .filter(name -> !SHOW_DATA.contains(name) && !showsDataByEffect(name))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static boolean showsDataByEffect(String name) {
    return FunctionEffects.of(name)
        .filter(effect -> SHOW_DATA_BY_EFFECT.contains(effect.sideEffect()))
        .isPresent();
  }

  private static String committed() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(
            BuiltinFunctions.class.getResourceAsStream("builtin-functions.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
