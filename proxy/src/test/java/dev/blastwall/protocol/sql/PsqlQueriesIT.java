package dev.blastwall.protocol.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.Understanding;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What psql's own commands send is understood completely, so that policy can allow them. */
class PsqlQueriesIT {

  // psql -E prints each query that it sends on its own behalf between two such lines.
  private static final Pattern QUERY =
      Pattern.compile(
          "^/?\\*+ QUERY \\*+/?$\\n(.*?)\\n^/?\\*+/?$", Pattern.MULTILINE | Pattern.DOTALL);

  private static final String COMMANDS =
      """
      \\d
      \\d+
      \\d shop.customers
      \\d+ shop.customers
      \\d+ shop.v
      \\d shop.orders_id_seq
      \\d customers_email
      \\dt *.*
      \\di+
      \\ds
      \\dv+
      \\dm
      \\dn+
      \\df shop.*
      \\df+ pg_catalog.lower
      \\da count
      \\du+
      \\dp shop.*
      \\ddp
      \\dT+
      \\dD
      \\dc
      \\dC
      \\dd
      \\db+
      \\des
      \\det
      \\dew
      \\dF+
      \\dL
      \\dl
      \\do =
      \\dO
      \\drds
      \\dRp+
      \\dRs
      \\dP
      \\dx+
      \\dX
      \\dy
      \\dconfig
      \\dA+
      \\l+
      \\sf shop.f
      \\sv shop.v
      \\z
      """;

  @Test
  void everyQueryOfPsqlsCommandsIsComplete() throws Exception {
    List<String> queries = queries();

    assertThat(queries).hasSizeGreaterThan(60);
    SqlReader reader = new SqlReader();
    assertThat(queries)
        .allSatisfy(query ->
            assertThat(reader.read(query).description().understanding())
                .as(query)
                .isEqualTo(Understanding.COMPLETE));
  }

  private static List<String> queries() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      try (Connection connection = server.getPostgresDatabase().getConnection()) {
        connection
            .createStatement()
            .execute(
                """
                CREATE SCHEMA shop;
                CREATE TABLE shop.customers (id int PRIMARY KEY, email text CHECK (email <> ''));
                CREATE INDEX customers_email ON shop.customers (lower(email));
                CREATE TABLE shop.orders (id serial, customer int REFERENCES shop.customers);
                CREATE VIEW shop.v AS SELECT email FROM shop.customers;
                CREATE FUNCTION shop.f() RETURNS int LANGUAGE sql RETURN 1;
                CREATE PUBLICATION p FOR TABLE shop.orders;
                ALTER DATABASE postgres SET search_path = shop, public;
                """);
      }
      return QUERY.matcher(psql(server.getPort())).results().map(PsqlQueriesIT::text).toList();
    }
  }

  private static String text(MatchResult match) {
    return match.group(1);
  }

  private static String psql(int port) throws IOException, InterruptedException {
    Process psql =
        new ProcessBuilder(
                "psql",
                "-X",
                "-E",
                "-h",
                "localhost",
                "-p",
                "" + port,
                "-U",
                "postgres",
                "postgres")
            .redirectErrorStream(true)
            .start();
    psql.getOutputStream().write(COMMANDS.getBytes(StandardCharsets.UTF_8));
    psql.getOutputStream().close();
    String output = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(psql.waitFor()).as(output).isZero();
    return output;
  }
}
