package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.all;
import static dev.blastwall.protocol.postgresql.RawClient.bind;
import static dev.blastwall.protocol.postgresql.RawClient.describe;
import static dev.blastwall.protocol.postgresql.RawClient.execute;
import static dev.blastwall.protocol.postgresql.RawClient.parse;
import static dev.blastwall.protocol.postgresql.RawClient.query;
import static dev.blastwall.protocol.postgresql.RawClient.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.masking.Mask;
import dev.blastwall.protocol.ContractClient.Answer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever a query makes of a masked column: its values are in no byte that the client gets. */
class LineagePropertyIT {

  private static final long SEED = 20261121;
  private static final int QUERIES = 400;
  private static final String MARK = "leakmark";
  private static final Set<String> LABELLED =
      Set.of("email", "card", "doc", ColumnOrigin.WHOLE_ROW);

  private static final TestGateway GATEWAY = TestGateway.shared();

  /** What was seen, over all queries: columns of results, unless it says otherwise. */
  private int queries;

  private int columns;
  private int marked;
  private int masked;
  private int eager;
  private int untraced;

  @BeforeAll
  static void create() throws IOException {
    define(
        """
        create schema prop;
        create table prop.people (id int primary key, name text, email text, card text, doc jsonb);
        insert into prop.people select i, 'name' || i, 'leakmark' || i || '@x', 'leakmark-card-' || i,
          jsonb_build_object('e', 'leakmark' || i) from generate_series(1, 3) i;
        create table prop.orders (id int, person int, note text);
        insert into prop.orders select i, i, 'note' || i from generate_series(1, 3) i;
        create view prop.contacts as select name as who, email as mail from prop.people;
        create function prop.echo(text) returns text language sql as 'select $1';
        create function prop.mails(int) returns setof text language plpgsql
          as $$ begin return query select email from prop.people where id = $1; end $$\
        """);
  }

  @AfterAll
  static void drop() throws IOException {
    define("drop schema prop cascade");
  }

  private static void define(String sql) throws IOException {
    try (RawClient admin = RawClient.signedIn(GATEWAY.address())) {
      Answer answer = admin.ask(sql);
      assertThat(answer.error()).as(answer.message()).isEmpty();
    }
  }

  @Test
  void noQueryShowsAMaskedValue() throws Exception {
    GATEWAY.gate.reset();
    LABELLED.forEach(label -> GATEWAY.gate.mask(label, new Mask.Redact()));
    GATEWAY.gate.maskUntraced(new Mask.Redact());
    RandomQueries random = new RandomQueries(SEED);
    try (Connection direct = GATEWAY.direct();
        RawClient client = RawClient.signedIn(GATEWAY.address())) {
      direct.createStatement().execute("set statement_timeout = '2s'");
      client.ask("set statement_timeout = '20s'");
      for (int i = 0; i < QUERIES; i++) {
        ask(direct, client, random.next(), i);
      }
    }
    System.out.printf(
        "lineage: %d queries, %d columns; %d hold a masked value, %d are masked, of these %d"
            + " needlessly: %d because they are not traced%n",
        queries, columns, marked, masked, eager, untraced);
    assertThat(queries).isGreaterThan(QUERIES / 2);
    assertThat(marked).isGreaterThan(queries / 4);
  }

  private void ask(Connection direct, RawClient client, String text, int index) throws Exception {
    List<Boolean> marks = marks(direct, text);
    if (marks.isEmpty()) {
      return;
    }
    String limited = "select * from (" + text + ") as limited limit 100";
    String chosen = index % 3 == 0 ? limited : text;
    GATEWAY.gate.described.clear();
    check(chosen, client, bytes(chosen, index));
    count(marks, GATEWAY.gate.described.isEmpty() ? null : GATEWAY.gate.described.getLast());
  }

  private static byte[] bytes(String text, int index) {
    return switch (index % 5) {
      case 0 -> query("begin; declare c cursor for " + text + "; fetch all from c; commit");
      case 1 -> query("prepare p" + index + " as " + text + "; execute p" + index);
      case 2 -> query("copy (" + text + ") to stdout");
      case 3 -> all(parse("", text), bind("", ""), describe('P', ""), execute("", 0), sync());
      default -> query(text);
    };
  }

  private static void check(String text, RawClient client, byte[] messages) throws IOException {
    client.write(messages);
    StringBuilder all = new StringBuilder();
    client.readyForQuery().forEach(message -> all.append(message.text()).append('\n'));
    String seen = all.toString().toLowerCase(Locale.ROOT);
    assertThat(seen)
        .as(text)
        .doesNotContain(MARK)
        .doesNotContain(new StringBuilder(MARK).reverse())
        .isNotEmpty();
  }

  /** Which columns hold a masked value when nobody masks; none when the query is none. */
  private static List<Boolean> marks(Connection direct, String text) {
    List<Boolean> marks = new ArrayList<>();
    try (Statement statement = direct.createStatement();
        ResultSet rows = statement.executeQuery(text)) {
      for (int i = 0; i < rows.getMetaData().getColumnCount(); i++) {
        marks.add(false);
      }
      while (rows.next()) {
        for (int i = 0; i < marks.size(); i++) {
          marks.set(i, marks.get(i) || holdsMark(rows.getString(i + 1)));
        }
      }
      return marks;
    } catch (SQLException e) {
      return List.of();
    }
  }

  private static boolean holdsMark(String value) {
    String lower = value == null ? "" : value.toLowerCase(Locale.ROOT);
    return lower.contains(MARK) || lower.contains(new StringBuilder(MARK).reverse());
  }

  private void count(List<Boolean> marks, List<ResultColumn> described) {
    queries++;
    for (int i = 0; described != null && i < described.size() && i < marks.size(); i++) {
      boolean labelled =
          described.get(i).origins().stream()
              .anyMatch(origin -> LABELLED.contains(origin.column()));
      boolean hidden = labelled || !described.get(i).traced();
      columns++;
      marked += marks.get(i) ? 1 : 0;
      masked += hidden ? 1 : 0;
      eager += hidden && !marks.get(i) ? 1 : 0;
      untraced += hidden && !labelled && !marks.get(i) ? 1 : 0;
    }
  }
}
