package dev.blastwall.protocol.sql.describe;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Functions that do more than compute, of PostgreSQL itself and of the extensions it ships with
 * (manual, chapter 9 and appendix F).
 */
final class FunctionEffects {

  /**
   * What a function does.
   *
   * @param prefix how the names of such functions begin
   * @param sideEffect the word policy sees
   * @param runsText whether it runs SQL, or code, that it gets as a value
   */
  record Effect(String prefix, String sideEffect, boolean runsText) {}

  // The first that fits counts.
  private static final List<Effect> EFFECTS =
      List.of(
          new Effect("set_config", "set_session", false),
          new Effect("query_to_xml", "query_in_value", true),
          new Effect("cursor_to_xml", "query_in_value", true),
          new Effect("table_to_xml", "query_in_value", true),
          new Effect("schema_to_xml", "query_in_value", true),
          new Effect("database_to_xml", "query_in_value", true),
          new Effect("ts_stat", "query_in_value", true),
          new Effect("ts_rewrite", "query_in_value", true),
          new Effect("crosstab", "query_in_value", true),
          new Effect("connectby", "query_in_value", true),
          new Effect("xpath_table", "query_in_value", true),
          new Effect("dblink", "remote_query", true),
          new Effect("postgres_fdw_", "remote_query", false),
          new Effect("lo_", "large_object", false),
          new Effect("loread", "large_object", false),
          new Effect("lowrite", "large_object", false),
          new Effect("pg_read_", "server_file", false),
          new Effect("pg_file_", "server_file", false),
          new Effect("pg_ls_", "server_file", false),
          new Effect("pg_stat_file", "server_file", false),
          new Effect("pg_current_logfile", "server_file", false),
          new Effect("nextval", "sequence", false),
          new Effect("setval", "sequence", false),
          new Effect("pg_notify", "notify", false),
          new Effect("pg_advisory_", "advisory_lock", false),
          new Effect("pg_try_advisory_", "advisory_lock", false),
          new Effect("pg_cancel_backend", "signal", false),
          new Effect("pg_terminate_backend", "signal", false),
          new Effect("pg_reload_conf", "server_control", false),
          new Effect("pg_rotate_logfile", "server_control", false),
          new Effect("pg_promote", "server_control", false),
          new Effect("pg_switch_wal", "server_control", false),
          new Effect("pg_create_restore_point", "server_control", false),
          new Effect("pg_backup_", "server_control", false),
          new Effect("pg_wal_replay_", "server_control", false),
          new Effect("pg_logical_", "server_control", false),
          new Effect("pg_replication_", "server_control", false),
          new Effect("pg_create_", "server_control", false),
          new Effect("pg_drop_replication_slot", "server_control", false),
          new Effect("pg_copy_", "server_control", false),
          new Effect("pg_log_", "server_control", false),
          new Effect("pg_stat_reset", "server_control", false),
          new Effect("pg_import_system_collations", "server_control", false),
          new Effect("pg_restore_", "server_control", false),
          new Effect("pg_clear_", "server_control", false),
          new Effect("binary_upgrade_", "server_control", false),
          new Effect("pg_export_snapshot", "export_snapshot", false));

  private FunctionEffects() {}

  /** What the function {@code name} does besides computing. */
  static Optional<Effect> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return EFFECTS.stream().filter(effect -> lower.startsWith(effect.prefix())).findFirst();
  }
}
