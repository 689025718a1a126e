package dev.blastwall.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastwall.protocol.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPostgresIT {

  @TempDir static Path work;
  private static LocalPostgres shop;

  @BeforeAll
  static void start() throws IOException {
    shop = LocalPostgres.shop(work);
  }

  @AfterAll
  static void stop() throws IOException {
    shop.close();
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left)
          .extracting(Path::getFileName)
          .extracting(Path::toString)
          .containsExactly("postgresql");
    }
  }

  private static Connection connect(String database, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + shop.upstream().port() + "/" + database, user, password);
  }

  private static List<String> query(String sql) throws SQLException {
    Upstream upstream = shop.upstream();
    try (Connection connection = connect("shop", upstream.user(), upstream.password().value());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  @Test
  void itIsTheDatabaseThatItSays() throws SQLException {
    assertThat(query("show server_version")).singleElement().asString().startsWith("18.");
    assertThat(query("select distinct tableowner from pg_tables where schemaname = 'public'"))
        .containsExactly("gateway");
    assertThat(query("select rolsuper from pg_roles where rolname = current_user"))
        .containsExactly("f");
  }

  @Test
  void theShopIsFilled() throws SQLException {
    assertThat(query("select count(*) from customers")).containsExactly("20");
    assertThat(query("select count(*) from orders")).containsExactly("200");
    assertThat(query("select count(*) from payments")).containsExactly("200");
    assertThat(query("select count(*) from notes")).containsExactly("8");
    assertThat(query("select count(distinct customer_id) from orders")).containsExactly("20");
  }

  @Test
  void everyCardNumberHasALuhnCheckDigit() throws SQLException {
    assertThat(query("select card_number from customers")).allMatch(LocalPostgresIT::passesLuhn);
  }

  private static boolean passesLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : 2 * digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "gateway", "nobody"})
  void nobodySignsInWithoutThePassword(String user) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> connect("postgres", user, "wrong"))
        .satisfies(e -> assertThat(e.getSQLState()).startsWith("28"));
  }

  @Test
  void thePasswordDoesNotShow() {
    assertThat(shop.upstream().toString()).doesNotContain(shop.upstream().password().value());
  }
}
