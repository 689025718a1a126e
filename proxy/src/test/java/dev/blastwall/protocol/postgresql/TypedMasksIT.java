package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.masking.JsonPath;
import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskingKey;
import dev.blastwall.masking.PathMask;
import dev.blastwall.protocol.FakeGate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masked values of every type, in both formats, decoded by the JDBC driver. */
class TypedMasksIT {

  private static final TestGateway GATEWAY = TestGateway.shared();
  private static final String TEXT = "0";
  private static final String BINARY = "-1";

  /** The types that the driver decodes from their binary form. */
  private static final String OIDS = "25,1009,1082,1114,1184,2950,2951,23,1007,1700";

  @BeforeAll
  static void make() throws SQLException {
    admin(
        """
        create schema typed;
        create domain typed.mail as text;
        create type typed.mood as enum ('sad', 'ok');
        create type typed.address as (street text, no int, since date, mails typed.mail[]);
        create table typed.t (
          txt text, txts text[], grid text[][], mail typed.mail, mails typed.mail[],
          n int, ns int[], d date, ds date[], ts timestamp, tz timestamptz, u uuid, us uuid[],
          m typed.mood, ms typed.mood[], a typed.address, aa typed.address[],
          dr daterange, ir int4range, j json, jb jsonb, b boolean, num numeric);
        insert into typed.t values (
          'Secret One', '{"Secret, \\"One\\"",null,"Secret{Two}"}', '{{Secreta,Secretb},{Secretc,null}}',
          'Secret@x.org', '{Secret@x.org}', 42, '{42,null}', '2024-05-06', '{2024-05-06,infinity}',
          '2024-05-06 07:08:09.5', '2024-05-06 07:08:09+00',
          '0e0f5c0c-6b0a-4b1e-8a3c-0123456789ab', '{0e0f5c0c-6b0a-4b1e-8a3c-0123456789ab}',
          'sad', '{sad,ok}', ('Secret "Road", 1', 7, '2024-05-06', '{Secret@x.org}'),
          array[('Secret Road', 7, '2024-05-06', null)::typed.address],
          '[2024-05-06,2025-05-06)', '[42,43)', '{"ssn": "Secret", "n": 1.50}',
          '{"ssn": "Secret", "list": [{"ssn": "Secret"}]}', true, 42.42);
        """);
  }

  @AfterAll
  static void clean() throws SQLException {
    admin("drop schema typed cascade");
  }

  private static void admin(String text) throws SQLException {
    try (Connection admin = GATEWAY.direct();
        Statement statement = admin.createStatement()) {
      statement.execute(text);
    }
  }

  @BeforeEach
  void forget() {
    GATEWAY.gate.reset();
  }

  private static Connection connect(String format) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "alice");
    properties.setProperty("password", FakeGate.TOKEN);
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", GATEWAY.certificate.toString());
    properties.setProperty("prepareThreshold", format);
    properties.setProperty("binaryTransferEnable", format.equals(BINARY) ? OIDS : "");
    properties.setProperty("binaryTransfer", Boolean.toString(format.equals(BINARY)));
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + GATEWAY.address().getPort() + "/shop", properties);
  }

  private static Object shown(String format, String column, Mask mask) throws SQLException {
    GATEWAY.gate.mask(column, mask);
    try (Connection connection = connect(format);
        PreparedStatement query =
            connection.prepareStatement("select " + column + " from typed.t");
        ResultSet rows = query.executeQuery()) {
      assertThat(rows.next()).isTrue();
      Object value = rows.getObject(1);
      return value instanceof java.sql.Array array ? flat(array.getArray()) : value;
    }
  }

  private static List<Object> flat(Object array) {
    List<Object> all = new ArrayList<>();
    for (Object element : (Object[]) array) {
      if (element instanceof Object[] inner) {
        all.addAll(flat(inner));
      } else {
        all.add(element);
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {TEXT, BINARY})
  void redactKeepsTheShapeOfTextsAndEmptiesTheRest(String format) throws SQLException {
    Mask redact = new Mask.Redact();
    assertThat(shown(format, "txt", redact)).isEqualTo("[redacted]");
    assertThat(shown(format, "mail", redact)).isEqualTo("[redacted]");
    assertThat(shown(format, "txts", redact))
        .isEqualTo(Arrays.asList("[redacted]", null, "[redacted]"));
    assertThat(shown(format, "grid", redact))
        .isEqualTo(Arrays.asList("[redacted]", "[redacted]", "[redacted]", null));
    assertThat(shown(format, "mails", redact)).hasToString("[[redacted]]");
    assertThat(shown(format, "ns", redact)).isEqualTo(Arrays.asList(null, null));
    assertThat(shown(format, "ms", redact)).isEqualTo(Arrays.asList(null, null));
    assertThat(shown(format, "a", redact))
        .hasToString("(\"[redacted]\",,,\"{\"\"[redacted]\"\"}\")");
    assertThat(shown(format, "aa", redact).toString())
        .contains("[redacted]")
        .doesNotContain("Road", "7", "2024");
    for (String scalar : List.of("n", "d", "ts", "tz", "u", "m", "dr", "ir", "b", "num")) {
      assertThat(shown(format, scalar, redact)).as(scalar).isNull();
    }
    assertThat(shown(format, "j", redact)).hasToString("\"[redacted]\"");
    assertThat(shown(format, "jb", redact)).hasToString("\"[redacted]\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {TEXT, BINARY})
  void partialKeepsTheYearOfADate(String format) throws SQLException {
    Mask year = new Mask.Partial(4, 0, null);
    assertThat(shown(format, "d", year)).hasToString("2024-01-01");
    assertThat(shown(format, "ts", year)).hasToString("2024-01-01 00:00:00.0");
    assertThat(shown(format, "tz", year).toString()).startsWith("2024-01-01");
    assertThat(shown(format, "ds", year).toString()).isEqualTo("[2024-01-01, null]");
    assertThat(shown(format, "dr", year).toString().replace("\"", ""))
        .isEqualTo("[2024-01-01,2025-01-01)");
    assertThat(shown(format, "d", new Mask.Partial(0, 4, null))).isNull();
    assertThat(shown(format, "num", year)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {TEXT, BINARY})
  void hashesAndTokensAreOfTheType(String format) throws SQLException {
    MaskingKey key = MaskingKey.random();
    Mask hash = new Mask.Hash(key);
    assertThat(shown(format, "txt", hash).toString()).startsWith("hash_");
    UUID masked = (UUID) shown(format, "u", hash);
    assertThat(masked.version()).isEqualTo(8);
    assertThat(shown(format, "us", hash)).isEqualTo(List.of(masked));
    assertThat(shown(format, "n", hash)).isNull();
    String token = shown(format, "txt", new Mask.Tokenize(key)).toString();
    assertThat(token).matches("[A-Z][a-z]{5} [A-Z][a-z]{2}").isNotEqualTo("Secret One");
    assertThat(key.reveal(token)).contains("Secret One");
  }

  @ParameterizedTest
  @ValueSource(strings = {TEXT, BINARY})
  void pathsMaskWithinJson(String format) throws SQLException {
    Mask ssn = new Mask.AtPaths(List.of(new PathMask(JsonPath.parse("$..ssn"), new Mask.Redact())));
    assertThat(shown(format, "j", ssn)).hasToString("{\"ssn\":\"[redacted]\",\"n\":1.50}");
    assertThat(shown(format, "jb", ssn).toString()).contains("list").doesNotContain("Secret");
    assertThat(shown(format, "txt", ssn)).isEqualTo("[redacted]");
    assertThat(shown(format, "n", ssn)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {TEXT, BINARY})
  void aWholeRowIsMaskedFieldByField(String format) throws SQLException {
    GATEWAY.gate.mask("txt", new Mask.Redact());
    try (Connection connection = connect(format);
        Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery("select t from typed.t t")) {
      rows.next();
      assertThat(rows.getString(1))
          .startsWith("(")
          .contains("[redacted]")
          .doesNotContainIgnoringCase("secret");
    }
  }

  @Test
  void aTypeThatOnlyTheSessionSeesShowsNothing() throws SQLException {
    GATEWAY.gate.mask("x", new Mask.Redact());
    try (Connection connection = connect(TEXT);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("create type pair as (a text, b text)");
      statement.execute("create table pairs (x pair)");
      statement.execute("insert into pairs values (('Secret', 'Secret'))");
      try (ResultSet rows = statement.executeQuery("select x from pairs")) {
        rows.next();
        assertThat(rows.getString(1)).isNull();
      }
      connection.rollback();
    }
  }
}
