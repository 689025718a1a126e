package dev.blastwall.benchmarks;

import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.protocol.sql.Understood;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Understanding a text that the cache does not know: over to a parser's thread and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 1, time = 30)
@Measurement(iterations = 3, time = 4)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters first
public class CacheMissBenchmark {

  private final SqlUnderstanding understanding = new SqlUnderstanding(1);
  private int next;

  @Param private Text text;

  /** Texts in which an underscore and a number stand for another name each time. */
  public enum Text {
    /** The SELECT of {@code pgbench -S}. */
    POINT_SELECT("SELECT abalance AS a_0 FROM pgbench_accounts WHERE aid = 1"),
    /** The longest that psql sends for {@code \d TABLE}: the table's columns. */
    PSQL_D(
        """
        SELECT a.attname AS a_0,
          pg_catalog.format_type(a.atttypid, a.atttypmod),
          (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true)
           FROM pg_catalog.pg_attrdef d
           WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef),
          a.attnotnull,
          (SELECT c.collname FROM pg_catalog.pg_collation c, pg_catalog.pg_type t
           WHERE c.oid = a.attcollation AND t.oid = a.atttypid
             AND a.attcollation <> t.typcollation) AS attcollation,
          a.attidentity,
          a.attgenerated
        FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = '16384' AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum\
        """),
    /** What psql sends for {@code \dt}. */
    PSQL_DT(
        """
        SELECT n.nspname AS a_0, c.relname AS "Name",
          CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view'
            WHEN 'm' THEN 'materialized view' WHEN 'i' THEN 'index' WHEN 'S' THEN 'sequence'
            WHEN 't' THEN 'TOAST table' WHEN 'f' THEN 'foreign table'
            WHEN 'p' THEN 'partitioned table' WHEN 'I' THEN 'partitioned index' END AS "Type",
          pg_catalog.pg_get_userbyid(c.relowner) AS "Owner"
        FROM pg_catalog.pg_class c
          LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
        WHERE c.relkind IN ('r','p','') AND n.nspname <> 'pg_catalog'
          AND n.nspname !~ '^pg_toast' AND n.nspname <> 'information_schema'
          AND pg_catalog.pg_table_is_visible(c.oid)
        ORDER BY 1, 2\
        """),
    /** What psql sends for {@code \df}. */
    PSQL_DF(
        """
        SELECT n.nspname AS a_0, p.proname AS "Name",
          pg_catalog.pg_get_function_result(p.oid) AS "Result data type",
          pg_catalog.pg_get_function_arguments(p.oid) AS "Argument data types",
          CASE p.prokind WHEN 'a' THEN 'agg' WHEN 'w' THEN 'window' WHEN 'p' THEN 'proc'
            ELSE 'func' END AS "Type"
        FROM pg_catalog.pg_proc p
          LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        WHERE pg_catalog.pg_function_is_visible(p.oid)
          AND n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema'
        ORDER BY 1, 2, 4\
        """);

    private final String sql;

    Text(String sql) {
      this.sql = sql;
    }

    String another(int number) {
      return sql.replace("a_0", "a_" + number);
    }
  }

  /** Waits for the parser. */
  @Setup
  public void load() {
    miss();
  }

  /** A text that was never seen. */
  @Benchmark
  public Understood miss() {
    return PgbenchSelect.understood(understanding, text.another(next++));
  }

  /** Ends the parser's threads. */
  @TearDown
  public void close() {
    understanding.close();
  }
}
