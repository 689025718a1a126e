package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.protocol.sql.resolve.Origins;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the system catalogs (manual, chapter 53). OIDs below 16384 are those of the
 * server's own objects (manual, section 66.1.2).
 */
final class CatalogQueries {

  private static final String FIND =
      """
      select c.oid::int8
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relname = ? and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
        and case ?::text
          when '' then true
          when 'pg_temp' then n.nspname like 'pg\\_temp\\_%'
          else n.nspname = ?
        end\
      """;

  private static final String RELATION =
      """
      select n.nspname, c.relname, c.relkind::text, c.oid < 16384,
        case when c.relkind in ('v', 'm') and c.oid >= 16384 then
          pg_catalog.pg_get_viewdef(c.oid) end,
        c.relrowsecurity,
        exists (
          with recursive part(relation) as (
            select c.oid
            union
            select i.inhrelid from part p join pg_catalog.pg_inherits i on i.inhparent = p.relation)
          select from part p join pg_catalog.pg_trigger t on t.tgrelid = p.relation
          where t.tgfoid::regproc::text !~ '^"?RI_FKey_(check|noaction|restrict)')
        or exists (
          select from pg_catalog.pg_depend d
          where d.refclassid = 'pg_catalog.pg_proc'::regclass and d.refobjid >= 16384
            and (d.classid, d.objid) in (
              select 'pg_catalog.pg_attrdef'::regclass, a.oid
              from pg_catalog.pg_attrdef a where a.adrelid = c.oid
              union all
              select 'pg_catalog.pg_constraint'::regclass, k.oid
              from pg_catalog.pg_constraint k where k.conrelid = c.oid
              union all
              select 'pg_catalog.pg_class'::regclass, c.oid
              union all
              select 'pg_catalog.pg_class'::regclass, x.indexrelid
              from pg_catalog.pg_index x where x.indrelid = c.oid))
        or exists (
          select from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
          where a.attrelid = c.oid and t.typtype = 'd' and t.oid >= 16384),
        (select o.option_value
         from pg_catalog.pg_foreign_table f, pg_catalog.pg_options_to_table(f.ftoptions) o
         where f.ftrelid = c.oid and o.option_name in ('schema_name', 'schema') limit 1),
        (select o.option_value
         from pg_catalog.pg_foreign_table f, pg_catalog.pg_options_to_table(f.ftoptions) o
         where f.ftrelid = c.oid and o.option_name in ('table_name', 'table') limit 1)
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.oid = ?::oid\
      """;

  private static final String ATTRIBUTES =
      """
      select a.attnum, a.attname,
        (select o.option_value from pg_catalog.pg_options_to_table(a.attfdwoptions) o
         where o.option_name in ('column_name', 'column') limit 1)
      from pg_catalog.pg_attribute a
      where a.attrelid = ?::oid and not a.attisdropped
      order by a.attnum\
      """;

  private static final String RULES =
      """
      select pg_catalog.pg_get_ruledef(r.oid)
      from pg_catalog.pg_rewrite r
      where r.ev_class = ?::oid and r.ev_type <> '1'\
      """;

  /**
   * The tables whose rows a table's are, too: all that it inherits from, and all that inherit from
   * it. Not the partitions of a partitioned table: there may be thousands, and what is known of a
   * partition is known of the whole.
   */
  private static final String RELATIVES =
      """
      with recursive above(relation) as (
        select ?::oid
        union
        select i.inhparent from above a join pg_catalog.pg_inherits i on i.inhrelid = a.relation),
      below(relation) as (
        select ?::oid
        union
        select i.inhrelid
        from below b
        join pg_catalog.pg_class p on p.oid = b.relation and p.relkind <> 'p'
        join pg_catalog.pg_inherits i on i.inhparent = b.relation)
      select n.nspname, c.relname, a.attname
      from (select relation from above union select relation from below) r
      join pg_catalog.pg_class c on c.oid = r.relation and c.oid <> ?::oid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped\
      """;

  /**
   * Every relation that a view's rewrite rule names, views in it included. Their columns are not
   * asked for: a whole-row reference leaves no trace of them in pg_depend.
   */
  private static final String BASE_RELATIONS =
      """
      with recursive used(relation) as (
        select ?::oid
        union
        select d.refobjid
        from used u
        join pg_catalog.pg_rewrite r on r.ev_class = u.relation
        join pg_catalog.pg_depend d on d.objid = r.oid
          and d.classid = 'pg_catalog.pg_rewrite'::regclass
          and d.refclassid = 'pg_catalog.pg_class'::regclass)
      select n.nspname, c.relname
      from used u
      join pg_catalog.pg_class c on c.oid = u.relation
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace\
      """;

  /** The columns that a generated column is computed from. */
  private static final String SOURCES =
      """
      select a.attname, n.nspname, c.relname, s.attname
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_class c on c.oid = a.attrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
      join pg_catalog.pg_depend d on d.refclassid = 'pg_catalog.pg_class'::regclass
        and d.refobjid = a.attrelid
        and ((d.classid = 'pg_catalog.pg_attrdef'::regclass and d.objid = f.oid)
          or (d.classid = 'pg_catalog.pg_class'::regclass and d.objid = a.attrelid
            and d.objsubid = a.attnum))
      join pg_catalog.pg_attribute s on s.attrelid = d.refobjid and s.attnum = d.refobjsubid
      where a.attrelid = ?::oid and a.attgenerated <> '' and s.attnum <> a.attnum\
      """;

  private static final String CONSTRAINED =
      """
      with named(relation) as (
        select c.oid
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relname = ? and n.nspname = ?)
      select relation::int8 from named
      union
      select k.confrelid::int8
      from named join pg_catalog.pg_constraint k on k.conrelid = relation and k.contype = 'f'\
      """;

  private final CatalogConnection connection;

  CatalogQueries(CatalogConnection connection) {
    this.connection = connection;
  }

  /**
   * A relation without its columns.
   *
   * @param kind as in pg_class.relkind
   * @param builtin whether it is the server's own
   * @param definition the query of a view that is not the server's own, else null
   * @param filters whether row security policies run with whatever reads it
   * @param reacts whether code that somebody wrote runs with whatever writes it
   * @param remoteSchema where a foreign table says it is from, or null
   * @param remoteName its name there, or null
   */
  record Header(
      String schema,
      String name,
      String kind,
      boolean builtin,
      @Nullable String definition,
      boolean filters,
      boolean reacts,
      @Nullable String remoteSchema,
      @Nullable String remoteName) {}

  /** A column; {@code remoteName} is what a foreign table says of it, or null. */
  record Attribute(int number, String name, @Nullable String remoteName) {}

  /** The OIDs of the relations that a name may mean. */
  List<Integer> find(@Nullable String schema, String name) throws SQLException {
    String wanted = schema == null ? "" : schema;
    return connection.query(FIND, row -> (int) row.getLong(1), name, wanted, wanted);
  }

  /** One relation, or none. */
  List<Header> relation(int oid) throws SQLException {
    return connection.query(RELATION, CatalogQueries::header, text(oid));
  }

  private static Header header(ResultSet row) throws SQLException {
    return new Header(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getBoolean(4),
        row.getString(5),
        row.getBoolean(6),
        row.getBoolean(7),
        row.getString(8),
        row.getString(9));
  }

  List<Attribute> attributes(int oid) throws SQLException {
    return connection.query(
        ATTRIBUTES,
        row -> new Attribute(row.getInt(1), row.getString(2), row.getString(3)),
        text(oid));
  }

  /** The texts of the rules for writing a relation. */
  List<String> rules(int oid) throws SQLException {
    return connection.query(RULES, row -> row.getString(1), text(oid));
  }

  /** The columns, by name, of the tables that a table inherits from and that inherit from it. */
  Map<String, Origins> relatives(int oid) throws SQLException {
    Map<String, Origins> columns = new LinkedHashMap<>();
    String number = text(oid);
    connection
        .query(
            RELATIVES,
            row -> new ColumnOrigin(row.getString(1), row.getString(2), row.getString(3)),
            number,
            number,
            number)
        .forEach(column ->
            columns.merge(column.column(), new Origins(List.of(column), true), Origins::and));
    return columns;
  }

  /** The relations below a view, itself included, as whole rows. */
  List<ColumnOrigin> baseRelations(int view) throws SQLException {
    return connection.query(
        BASE_RELATIONS,
        row -> new ColumnOrigin(row.getString(1), row.getString(2), ColumnOrigin.WHOLE_ROW),
        text(view));
  }

  /** What the generated columns of a table are computed from. */
  Map<String, Origins> sources(int oid) throws SQLException {
    Map<String, Origins> columns = new LinkedHashMap<>();
    connection
        .query(
            SOURCES,
            row ->
                Map.entry(
                    row.getString(1),
                    new ColumnOrigin(row.getString(2), row.getString(3), row.getString(4))),
            text(oid))
        .forEach(
            source -> columns.merge(source.getKey(), Origins.of(source.getValue()), Origins::and));
    return columns;
  }

  /** The OIDs of a table and of those that its foreign keys refer to. */
  List<Integer> constrained(String schema, String table) throws SQLException {
    return connection.query(CONSTRAINED, row -> (int) row.getLong(1), table, schema);
  }

  private static String text(int oid) {
    return Integer.toUnsignedString(oid);
  }
}
