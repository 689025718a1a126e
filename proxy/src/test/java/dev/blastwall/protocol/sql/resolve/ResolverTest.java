package dev.blastwall.protocol.sql.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.ColumnUse;
import dev.blastwall.command.ColumnUse.Use;
import dev.blastwall.command.Lineage;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.TableAccess;
import dev.blastwall.command.TableAccess.Access;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResolverTest {

  private static final ColumnOrigin EMAIL = new ColumnOrigin("s", "people", "email");
  private static final ColumnOrigin MAIL = new ColumnOrigin(null, "contacts", "mail");

  private final Catalog catalog = new Catalog();

  /** A catalog that the test writes. */
  private static final class Catalog implements Names {
    private final Map<String, KnownRelation> relations = new HashMap<>();
    private final Map<String, String> functions = new HashMap<>();
    private final Map<String, Behind> code = new HashMap<>();
    private boolean operators;

    @Override
    public List<KnownRelation> relations(@Nullable String schema, String name) {
      return relations.containsKey(name) ? List.of(relations.get(name)) : List.of();
    }

    @Override
    public List<String> functions(String name) {
      return functions.containsKey(name) ? List.of(functions.get(name)) : List.of();
    }

    @Override
    public List<String> overloads(String name) {
      return functions(name);
    }

    @Override
    public Behind code(String function) {
      return code.getOrDefault(function, Behind.NOTHING);
    }

    @Override
    public List<String> operators() {
      return operators ? List.of("s.o") : List.of();
    }

    @Override
    public boolean operatorsRunCode() {
      return operators;
    }
  }

  private void view() {
    Behind read =
        new Behind(
            List.of(new TableAccess("s", "people", Access.READ)),
            List.of(),
            List.of("s.f"),
            List.of("lock_rows"),
            true,
            false,
            false);
    Behind written =
        new Behind(
            List.of(new TableAccess("s", "people", Access.WRITE)),
            List.of(),
            List.of(),
            List.of(),
            true,
            true,
            false);
    catalog.relations.put(
        "contacts",
        KnownRelation.of(
            Map.of("mail", new Origins(List.of(EMAIL), true), "id", Origins.NONE), read, written));
  }

  private static SqlStatement statement(Access access, ColumnOrigin column, String... functions) {
    return new SqlStatement(
        "select",
        List.of(new TableAccess(column.schema(), column.table(), access)),
        List.of(new ColumnUse(column, Use.OUTPUT)),
        List.of(functions),
        true,
        null,
        List.of(),
        new Lineage(List.of(new Lineage.Output(List.of(column), true, false))));
  }

  private SqlStatement resolved(SqlStatement statement) {
    return Resolver.resolve(List.of(statement), catalog).statements().getFirst();
  }

  @Test
  void whatIsPlainStaysTheVeryList() {
    catalog.relations.put(
        "contacts", KnownRelation.of(Map.of("mail", Origins.NONE), Behind.NOTHING, Behind.NOTHING));
    List<SqlStatement> statements = List.of(statement(Access.READ, MAIL, "lower"));

    Resolved resolved = Resolver.resolve(statements, catalog);

    assertThat(resolved.statements()).isSameAs(statements);
    assertThat(resolved.understood()).isTrue();
    assertThat(resolved.runsCode()).isFalse();
  }

  @Test
  void aViewAddsWhatItReads() {
    view();

    SqlStatement resolved = resolved(statement(Access.READ, MAIL));

    assertThat(resolved.tables())
        .containsExactly(
            new TableAccess(null, "contacts", Access.READ),
            new TableAccess("s", "people", Access.READ));
    assertThat(resolved.columns())
        .containsExactly(new ColumnUse(MAIL, Use.OUTPUT), new ColumnUse(EMAIL, Use.OUTPUT));
    assertThat(resolved.functions()).containsExactly("s.f");
    assertThat(resolved.sideEffects()).containsExactly("lock_rows");
    assertThat(resolved.outputs().columns())
        .containsExactly(new Lineage.Output(List.of(MAIL, EMAIL), true, false));
  }

  @Test
  void aRowHoldsAllOfIt() {
    view();

    SqlStatement resolved =
        resolved(
            statement(Access.READ, new ColumnOrigin(null, "contacts", ColumnOrigin.WHOLE_ROW)));

    assertThat(resolved.outputs().columns().getFirst().origins()).contains(EMAIL);
  }

  @Test
  void whatIsWrittenToAViewIsWrittenBelow() {
    view();

    Resolved resolved = Resolver.resolve(List.of(statement(Access.WRITE, MAIL)), catalog);

    assertThat(resolved.statements().getFirst().tables())
        .contains(new TableAccess("s", "people", Access.WRITE));
    assertThat(resolved.runsCode()).isTrue();
  }

  @Test
  void aColumnThatIsNoneButAFunctionIsAnUntracedRow() {
    view();
    catalog.functions.put("total", "s.total");

    SqlStatement resolved =
        resolved(statement(Access.READ, new ColumnOrigin(null, "contacts", "total")));

    assertThat(resolved.functions()).contains("s.total");
    Lineage.Output output = resolved.outputs().columns().getFirst();
    assertThat(output.traced()).isFalse();
    assertThat(output.origins())
        .contains(EMAIL, new ColumnOrigin(null, "contacts", ColumnOrigin.WHOLE_ROW));
  }

  @Test
  void aColumnThatIsNeitherComesFromElsewhere() {
    view();

    Lineage.Output output =
        resolved(statement(Access.READ, new ColumnOrigin(null, "contacts", "amount")))
            .outputs()
            .columns()
            .getFirst();

    assertThat(output.traced()).isTrue();
    assertThat(output.origins()).doesNotContain(EMAIL);
  }

  @Test
  void aCallThatMayBeOfAnothersFunctionIsNotTraced() {
    catalog.functions.put("lower", "s.lower");

    SqlStatement resolved = resolved(statement(Access.READ, MAIL, "lower"));

    assertThat(resolved.functions()).containsExactly("lower", "s.lower");
    assertThat(resolved.outputs().columns().getFirst().traced()).isFalse();
  }

  @Test
  void aCallThatSaysItsSchemaIsOfNoOther() {
    catalog.functions.put("lower", "s.lower");

    SqlStatement resolved = resolved(statement(Access.READ, MAIL, "pg_catalog.lower"));

    assertThat(resolved.outputs().columns().getFirst().traced()).isTrue();
  }

  @Test
  void whatIsNotUnderstoodBelowIsNotUnderstoodAbove() {
    catalog.relations.put("contacts", KnownRelation.opaque(Origins.NONE, Behind.NOT_UNDERSTOOD));

    Resolved resolved = Resolver.resolve(List.of(statement(Access.READ, MAIL)), catalog);

    assertThat(resolved.understood()).isFalse();
    assertThat(resolved.runsCode()).isTrue();
  }

  @Test
  void aRuleMayAnswerInTheStatementsPlace() {
    catalog.relations.put(
        "contacts",
        KnownRelation.of(
            Map.of("mail", Origins.NONE),
            Behind.NOTHING,
            new Behind(
                List.of(),
                List.of(new ColumnUse(EMAIL, Use.OUTPUT)),
                List.of(),
                List.of(),
                true,
                false,
                true)));

    assertThat(resolved(statement(Access.WRITE, MAIL)).outputs().at(0, 1))
        .isEqualTo(new Lineage.Output(List.of(EMAIL, MAIL), false, false));
  }

  @Test
  void aViewOfTheSettingsChangesSettings() {
    catalog.relations.put(
        "contacts",
        KnownRelation.of(
            Map.of(),
            Behind.NOTHING,
            new Behind(
                List.of(new TableAccess("pg_catalog", "pg_settings", Access.WRITE)),
                List.of(),
                List.of(),
                List.of(),
                true,
                false,
                false)));

    assertThat(resolved(statement(Access.WRITE, MAIL)).sideEffects())
        .contains("set_session:*", "session_authorization");
  }

  @Test
  void operatorsThatRunCodeAreNoPartOfAText() {
    catalog.operators = true;

    assertThat(Resolver.resolve(List.of(statement(Access.READ, MAIL)), catalog).runsCode())
        .isTrue();
  }
}
