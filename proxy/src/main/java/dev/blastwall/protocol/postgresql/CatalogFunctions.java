package dev.blastwall.protocol.postgresql;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the system catalogs about functions and whatever calls them (manual, chapter
 * 53). OIDs below 16384 are those of the server's own (manual, section 66.1.2).
 */
final class CatalogFunctions {

  private static final String CALLED =
      """
      select pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname),
        p.prorettype::int8
      from pg_catalog.pg_proc p
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      where p.oid = ?::oid\
      """;

  private static final String FUNCTIONS =
      """
      select p.proname, n.nspname || '.' || p.proname,
        p.pronargs > 0 and (p.provariadic <> 0 or exists (
          select from pg_catalog.pg_type t
          where t.oid = p.proargtypes[0] and t.typtype in ('c', 'p', 'd'))),
        exists (select from pg_catalog.pg_proc b where b.proname = p.proname and b.oid < 16384)
          and not exists (
            select from pg_catalog.pg_depend d
            where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid
              and d.deptype = 'e')
      from pg_catalog.pg_proc p
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      where p.oid >= 16384 and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)\
      """;

  private static final String OPERATORS =
      """
      select exists (
          select from pg_catalog.pg_operator o
          where o.oid >= 16384 and not exists (
            select from pg_catalog.pg_depend d
            where d.classid = 'pg_catalog.pg_operator'::regclass and d.objid = o.oid
              and d.deptype = 'e'))
        or exists (
          select from pg_catalog.pg_cast c
          where c.oid >= 16384 and c.castfunc >= 16384 and not exists (
            select from pg_catalog.pg_depend d
            where d.classid = 'pg_catalog.pg_cast'::regclass and d.objid = c.oid
              and d.deptype = 'e'))
        or exists (
          select from pg_catalog.pg_amproc f
          where f.amproc >= 16384 and not exists (
            select from pg_catalog.pg_depend d
            where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = f.amproc
              and d.deptype = 'e'))
        or exists (
          select from pg_catalog.pg_constraint k
          join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_constraint'::regclass
            and d.objid = k.oid and d.refclassid = 'pg_catalog.pg_proc'::regclass
            and d.refobjid >= 16384
          where k.contypid <> 0)
        or exists (
          select from pg_catalog.pg_range r
          where r.rngsubdiff >= 16384 or r.rngcanonical >= 16384)\
      """;

  /**
   * Functions by name: their definitions where they can be read, and the functions that an
   * aggregate is made of. Not those of an extension, nor those in C, which only a superuser can
   * make.
   */
  private static final String BODIES =
      """
      select case when l.lanname in ('sql', 'plpgsql') and p.prokind in ('f', 'p')
          then pg_catalog.pg_get_functiondef(p.oid) end,
        pg_catalog.lower(g.aggtransfn::text), pg_catalog.lower(g.aggfinalfn::text)
      from pg_catalog.pg_proc p
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      join pg_catalog.pg_language l on l.oid = p.prolang
      left join pg_catalog.pg_aggregate g on g.aggfnoid = p.oid
      where pg_catalog.lower(p.proname) = ? and p.oid >= 16384
        and (p.prokind = 'a' or l.lanname not in ('c', 'internal'))
        and case ?::text
          when '' then true
          when 'pg_temp' then n.nspname like 'pg\\_temp\\_%'
          else pg_catalog.lower(n.nspname) = ?
        end
        and not exists (
          select from pg_catalog.pg_depend d
          where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid
            and d.deptype = 'e')\
      """;

  /** What operators, casts, indexes, ranges and domains call that is in none of C's languages. */
  private static final String OPERATOR_FUNCTIONS =
      """
      select pg_catalog.lower(n.nspname || '.' || p.proname)
      from pg_catalog.pg_proc p
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      join pg_catalog.pg_language l on l.oid = p.prolang and l.lanname not in ('c', 'internal')
      where p.oid >= 16384 and not exists (
          select from pg_catalog.pg_depend d
          where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid
            and d.deptype = 'e')
        and p.oid in (
          select o.oprcode from pg_catalog.pg_operator o
          union all select c.castfunc from pg_catalog.pg_cast c
          union all select f.amproc from pg_catalog.pg_amproc f
          union all select r.rngsubdiff from pg_catalog.pg_range r
          union all select r.rngcanonical from pg_catalog.pg_range r
          union all
          select d.refobjid
          from pg_catalog.pg_constraint k
          join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_constraint'::regclass
            and d.objid = k.oid and d.refclassid = 'pg_catalog.pg_proc'::regclass
          where k.contypid <> 0)\
      """;

  private final CatalogConnection connection;

  CatalogFunctions(CatalogConnection connection) {
    this.connection = connection;
  }

  /**
   * A function that is not the server's own.
   *
   * @param takesRow whether it may be called as if it were a column
   * @param overloads whether the server has one of that name and this is not an extension's
   */
  record Function(String name, String qualified, boolean takesRow, boolean overloads) {}

  /**
   * The code of a function.
   *
   * @param definition the statement that makes it, or null when nobody here can read it
   * @param parts the functions that an aggregate calls
   */
  record Body(@Nullable String definition, List<String> parts) {}

  List<Function> functions() throws SQLException {
    return connection.query(
        FUNCTIONS,
        row ->
            new Function(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)));
  }

  /** The function of that number, or none. */
  List<FunctionCall.Called> called(int oid) throws SQLException {
    return connection.query(
        CALLED,
        row -> new FunctionCall.Called(row.getString(1), (int) row.getLong(2)),
        Integer.toUnsignedString(oid));
  }

  /** The code of all functions of a name. */
  List<Body> bodies(@Nullable String schema, String name) throws SQLException {
    String wanted = schema == null ? "" : schema;
    return connection.query(
        BODIES,
        row ->
            new Body(
                row.getString(1),
                Stream.of(row.getString(2), row.getString(3))
                    .filter(part -> part != null && !part.equals("-"))
                    .toList()),
        name,
        wanted,
        wanted);
  }

  /** The functions that run where a text has an operator or a cast. */
  List<String> operators() throws SQLException {
    return connection.query(OPERATOR_FUNCTIONS, row -> row.getString(1));
  }

  /** Whether operators or casts may run code that is not the server's own. */
  boolean operatorsRunCode() throws SQLException {
    return connection.query(OPERATORS, row -> row.getBoolean(1)).getFirst();
  }
}
