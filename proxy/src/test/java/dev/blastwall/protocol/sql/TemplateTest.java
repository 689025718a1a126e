package dev.blastwall.protocol.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.protocol.sql.grammar.Fingerprints;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

  private final Template template = new Template();
  private final SqlReader reader = new SqlReader();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT a FROM t WHERE b = 5 | SELECT a FROM t WHERE b = #",
        "SELECT a FROM t WHERE b='x''y' AND c>-1.5|SELECT a FROM t WHERE b=? AND c>-%",
        "UPDATE t SET a = a + 5 WHERE b IN (1, 2)|UPDATE t SET a = a + # WHERE b IN (#, #)",
        "INSERT INTO t (a) VALUES (1, 'x', now()), ('y', f(2))"
            + "|INSERT INTO t (a) VALUES (#, ?, now()), (?, f(2))",
        "SELECT a FROM t WHERE b BETWEEN 1 AND 2 LIMIT 5"
            + "|SELECT a FROM t WHERE b BETWEEN # AND # LIMIT 5",
        "SELECT a, 7 FROM t ORDER BY 1|SELECT a, 7 FROM t ORDER BY 1",
        "SELECT a FROM (SELECT a FROM t WHERE b = 1 LIMIT 5) x WHERE a = 2"
            + "|SELECT a FROM (SELECT a FROM t WHERE b = # LIMIT 5) x WHERE a = #",
        "SELECT DISTINCT ON (1) a FROM t|SELECT DISTINCT ON (1) a FROM t",
        "SELECT DISTINCT ON (a IN (1), (2)) a FROM t|SELECT DISTINCT ON (a IN (1), (2)) a FROM t",
        "SELECT set_config('a', 'b' = 'c', false)|SELECT set_config('a', 'b' = 'c', false)",
        "SELECT public.values('x')|SELECT public.values('x')",
        "SELECT a::numeric(5) FROM t WHERE a = date '2020-01-01'"
            + "|SELECT a::numeric(5) FROM t WHERE a = date '2020-01-01'",
        "SELECT a[1] FROM t WHERE b = $1 + 2|SELECT a[1] FROM t WHERE b = $1 + #",
      })
  void leavesOutLiteralsThatCanOnlyBeData(String text, String expected) {
    assertThat(template.find(text)).isTrue();

    assertThat(key().replace('\1', '?').replace('\2', '#').replace('\3', '%')).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN",
        "SET a = 1",
        "WITH x AS (SELECT 1) SELECT 2",
        "EXPLAIN SELECT 1",
        "SELECT 1 -- x",
        "SELECT /* x */ 1",
        "SELECT E'x'",
        "SELECT U&'x'",
        "SELECT U&\"x\"",
        "SELECT B'1'",
        "SELECT $$x$$",
        "SELECT $a$x$a$",
        "SELECT 1x",
        "SELECT 1_000",
        "SELECT 1e5",
        "SELECT 0x1F",
        "SELECT 1.",
        "SELECT .5",
        "SELECT 1.5.5",
        "SELECT 'a'\n'b'",
        "SELECT 'a' 'b'",
        "SELECT 'a",
        "SELECT \"a",
        "SELECT a)",
        "SELECT \u00e4",
        "SELECT\u00a01",
        "SELECT '\u0001'",
        "SELECT $1a",
        "(SELECT 1)",
        "SELECT 1; BEGIN",
      })
  void hasNoneWhereItIsNotSure(String text) {
    assertThat(template.find(text)).isFalse();
  }

  @Property(tries = 300)
  void textsOfOneTemplateHaveOneFingerprintAndOneDescription(@ForAll long seed) {
    RandomSql sql = new RandomSql(seed);
    String first = sql.filled(sql.text());
    if (!template.find(first)) {
      return;
    }
    String key = key();
    String second = sql.refilled(key);

    assertThat(template.find(second)).as("%s%n%s", first, second).isTrue();
    assertThat(key()).as("%s%n%s", first, second).isEqualTo(key);
    String fingerprint = Fingerprints.of(first);
    Statistics.label("pairs that are SQL").collect(!fingerprint.equals("syntax error"));
    assertThat(Fingerprints.of(second)).as("%s%n%s", first, second).isEqualTo(fingerprint);
    assertThat(description(second)).as("%s%n%s", first, second).isEqualTo(description(first));
  }

  private Object description(String text) {
    return reader.read(text).description();
  }

  private String key() {
    return new String(template.key(), 0, template.length());
  }
}
