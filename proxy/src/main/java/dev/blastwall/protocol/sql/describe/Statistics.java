package dev.blastwall.protocol.sql.describe;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The system catalogs that hold values of other tables' columns (manual, sections 53.51, 53.53,
 * 54.27 to 54.29).
 */
final class Statistics {

  private static final Set<String> NAMES =
      Set.of(
          "pg_statistic",
          "pg_stats",
          "pg_statistic_ext_data",
          "pg_stats_ext",
          "pg_stats_ext_exprs");

  private Statistics() {}

  static boolean hold(@Nullable String schema, String name) {
    return (schema == null || schema.equals("pg_catalog")) && NAMES.contains(name);
  }
}
