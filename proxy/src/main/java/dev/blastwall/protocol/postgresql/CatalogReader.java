package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.ColumnUse;
import dev.blastwall.command.Lineage;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.TableAccess;
import dev.blastwall.command.TableAccess.Access;
import dev.blastwall.command.Understanding;
import dev.blastwall.protocol.postgresql.CatalogFunctions.Body;
import dev.blastwall.protocol.postgresql.CatalogQueries.Attribute;
import dev.blastwall.protocol.postgresql.CatalogQueries.Header;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.protocol.sql.Understood;
import dev.blastwall.protocol.sql.describe.Description;
import dev.blastwall.protocol.sql.resolve.Behind;
import dev.blastwall.protocol.sql.resolve.KnownRelation;
import dev.blastwall.protocol.sql.resolve.Names;
import dev.blastwall.protocol.sql.resolve.Origins;
import dev.blastwall.protocol.sql.resolve.Resolved;
import dev.blastwall.protocol.sql.resolve.Resolver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Reads one relation with all that stands behind it. A view is read by its definition, as a
 * client's text is, so its columns have the lineage that they would have if the client had written
 * its query.
 */
final class CatalogReader {

  private static final String SET_DEFAULT = "set_default";
  private static final String DYNAMIC = "dynamic_sql";
  private static final String OPAQUE = "opaque_code";

  private final CatalogQueries queries;
  private final SqlUnderstanding understanding;
  private final Names names;

  /**
   * A reader.
   *
   * @param names what the names in definitions stand for
   */
  CatalogReader(CatalogQueries queries, SqlUnderstanding understanding, Names names) {
    this.queries = queries;
    this.understanding = understanding;
    this.names = new PrintedNames(names);
  }

  /** Reads a relation. */
  Relation relation(int oid) throws SQLException {
    List<Header> found = queries.relation(oid);
    if (found.isEmpty()) {
      return Relation.UNKNOWN;
    }
    Header header = found.getFirst();
    List<Attribute> attributes = queries.attributes(oid);
    return switch (header.kind()) {
      case "v", "m" ->
          header.builtin() ? builtinView(oid, header, attributes) : view(oid, header, attributes);
      case "r", "p", "f" -> table(oid, header, attributes);
      default -> plain(header, attributes);
    };
  }

  private static Relation plain(Header header, List<Attribute> attributes) {
    Map<String, Origins> columns = new LinkedHashMap<>();
    attributes.forEach(attribute -> columns.put(attribute.name(), Origins.NONE));
    KnownRelation known = KnownRelation.of(columns, Behind.NOTHING, Behind.NOTHING);
    return new Relation(wire(header, attributes, known), true, known);
  }

  /** Each column's own origin, and what it holds besides. */
  private static Map<Integer, Origins> wire(
      Header header, List<Attribute> attributes, KnownRelation known) {
    Map<Integer, Origins> columns = new LinkedHashMap<>();
    columns.put(0, own(header, ColumnOrigin.WHOLE_ROW).and(known.row()));
    for (Attribute attribute : attributes) {
      Origins besides = known.columns().getOrDefault(attribute.name(), Origins.NONE);
      columns.put(attribute.number(), own(header, attribute.name()).and(besides));
    }
    return columns;
  }

  private static Origins own(Header header, String column) {
    return new Origins(List.of(new ColumnOrigin(header.schema(), header.name(), column)), true);
  }

  /**
   * Policy knows the server's own views by their names; a result's columns may be anything below.
   */
  private Relation builtinView(int oid, Header header, List<Attribute> attributes)
      throws SQLException {
    Relation plain = plain(header, attributes);
    Origins below = new Origins(queries.baseRelations(oid), false);
    Map<Integer, Origins> columns = new LinkedHashMap<>();
    plain.columns().forEach((number, own) -> columns.put(number, own.and(below)));
    return new Relation(columns, false, plain.known());
  }

  private Relation table(int oid, Header header, List<Attribute> attributes) throws SQLException {
    Map<String, Origins> relatives = header.builtin() ? Map.of() : queries.relatives(oid);
    Map<String, Origins> sources = header.builtin() ? Map.of() : queries.sources(oid);
    Map<String, Origins> columns = new LinkedHashMap<>();
    for (Attribute attribute : attributes) {
      columns.put(
          attribute.name(),
          relatives
              .getOrDefault(attribute.name(), Origins.NONE)
              .and(sources.getOrDefault(attribute.name(), Origins.NONE))
              .and(remote(header, attribute)));
    }
    Behind read = touching(columns.values(), Access.READ, header.filters());
    Behind written = touching(columns.values(), Access.WRITE, header.filters() || header.reacts());
    KnownRelation known =
        KnownRelation.of(columns, read, Behind.union(withRules(oid, header, written)));
    return new Relation(wire(header, attributes, known), true, known);
  }

  /** A foreign table may lead back to a table that policy knows by its own name. */
  private static Origins remote(Header header, Attribute attribute) {
    if (!header.kind().equals("f") || attribute.number() <= 0) {
      return Origins.NONE;
    }
    String schema = header.remoteSchema();
    String table = header.remoteName();
    String column = attribute.remoteName();
    return new Origins(
        List.of(
            new ColumnOrigin(
                schema,
                table == null ? header.name() : table,
                column == null ? attribute.name() : column)),
        true);
  }

  private static Behind touching(Iterable<Origins> columns, Access access, boolean runsCode) {
    Set<TableAccess> tables = new LinkedHashSet<>();
    for (Origins origins : columns) {
      origins
          .all()
          .forEach(origin -> tables.add(new TableAccess(origin.schema(), origin.table(), access)));
    }
    return new Behind(List.copyOf(tables), List.of(), List.of(), List.of(), true, runsCode, false);
  }

  private List<Behind> withRules(int oid, Header header, Behind written) throws SQLException {
    List<Behind> all = new ArrayList<>(List.of(written));
    if (!header.builtin()) {
      for (String rule : queries.rules(oid)) {
        Definition definition = definition(rule);
        all.add(definition.behind(true));
      }
    }
    return all;
  }

  private Relation view(int oid, Header header, List<Attribute> all) throws SQLException {
    List<Attribute> attributes = all.stream().filter(column -> column.number() > 0).toList();
    Definition definition = definition(String.valueOf(header.definition()));
    List<Origins> selected = definition.columns(attributes.size());
    Behind read = definition.behind(false);
    if (selected.isEmpty()) {
      Origins below = new Origins(queries.baseRelations(oid), false);
      selected = attributes.stream().map(attribute -> below).toList();
      read = Behind.union(List.of(read, touching(List.of(below), Access.READ, false)));
    }
    Map<String, Origins> columns = new LinkedHashMap<>();
    for (int i = 0; i < attributes.size(); i++) {
      columns.put(attributes.get(i).name(), selected.get(i));
    }
    Behind written =
        header.kind().equals("v")
            ? Behind.union(withRules(oid, header, through(read, header.reacts())))
            : read;
    KnownRelation known = KnownRelation.of(columns, read, written);
    return new Relation(wire(header, attributes, known), false, known);
  }

  /** What is written to a view may reach whatever it reads. */
  private static Behind through(Behind read, boolean reacts) {
    List<TableAccess> tables = new ArrayList<>(read.tables());
    read.tables()
        .forEach(table -> tables.add(new TableAccess(table.schema(), table.name(), Access.WRITE)));
    return Behind.union(
        List.of(
            read,
            new Behind(
                List.copyOf(new LinkedHashSet<>(tables)),
                List.of(),
                List.of(),
                List.of(),
                true,
                reacts,
                false)));
  }

  /** What a view or a rule is made of. */
  private record Definition(List<SqlStatement> statements, boolean understood, boolean runsCode) {

    /** What each of so many columns selects; none when that is not known of each. */
    List<Origins> columns(int count) {
      List<Lineage.Output> outputs =
          statements.size() == 1 ? statements.getFirst().outputs().columns() : List.of();
      List<Origins> columns = new ArrayList<>();
      boolean known =
          understood
              && outputs.size() == count
              && outputs.stream().noneMatch(Lineage.Output::expands);
      if (known) {
        outputs.forEach(output -> columns.add(new Origins(output.origins(), output.traced())));
      }
      return columns;
    }

    /** What its columns select counts only where they are selected, unless it is a rule. */
    Behind behind(boolean rule) {
      Set<TableAccess> tables = new LinkedHashSet<>();
      Set<ColumnUse> columns = new LinkedHashSet<>();
      Set<String> functions = new LinkedHashSet<>();
      Set<String> sideEffects = new LinkedHashSet<>();
      for (SqlStatement statement : statements) {
        statement.tables().stream().filter(t -> t.access() != Access.DDL).forEach(tables::add);
        statement.columns().stream()
            .filter(column -> rule || column.use() != ColumnUse.Use.OUTPUT)
            .forEach(columns::add);
        functions.addAll(statement.functions());
        sideEffects.addAll(statement.sideEffects());
      }
      return new Behind(
          List.copyOf(tables),
          List.copyOf(columns),
          List.copyOf(functions),
          List.copyOf(sideEffects),
          understood,
          runsCode,
          rule);
    }
  }

  /** What a function does when it is called: what its definition says that its code touches. */
  Behind body(Body body) {
    return body.definition() == null ? named(body) : read(body.definition());
  }

  /** An aggregate is made of functions; other code is in no language that is read here. */
  private static Behind named(Body body) {
    List<String> effects = body.parts().isEmpty() ? List.of(OPAQUE) : List.of();
    return new Behind(List.of(), List.of(), body.parts(), effects, true, false, false);
  }

  private Behind read(String definition) {
    Description description = understand(definition).description();
    Set<String> effects = new LinkedHashSet<>();
    for (SqlStatement statement : description.statements()) {
      statement.sideEffects().stream()
          // What the call sets it sets back at its end.
          .filter(effect -> !effect.startsWith(SET_DEFAULT))
          .forEach(effects::add);
    }
    if (description.understanding() != Understanding.COMPLETE && !effects.contains(DYNAMIC)) {
      effects.add(OPAQUE);
    }
    return new Behind(
        parts(description, SqlStatement::tables),
        parts(description, SqlStatement::columns),
        parts(description, SqlStatement::functions),
        List.copyOf(effects),
        true,
        false,
        false);
  }

  private static <T> List<T> parts(
      Description description, java.util.function.Function<SqlStatement, List<T>> part) {
    return description.statements().stream()
        .flatMap(statement -> part.apply(statement).stream())
        .distinct()
        .toList();
  }

  private Understood understand(String text) {
    CompletableFuture<Understood> answer = new CompletableFuture<>();
    understanding.understand(text, Runnable::run, answer::complete);
    return answer.join();
  }

  private Definition definition(String text) {
    Understood understood = understand(text);
    Resolved resolved = Resolver.resolve(understood.description().statements(), names);
    return new Definition(
        resolved.statements(),
        understood.description().understanding() == Understanding.COMPLETE && resolved.understood(),
        resolved.runsCode());
  }
}
