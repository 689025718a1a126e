package dev.blastwall.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Statements over the demo's shop and {@link #SCHEMA}, by a small grammar: joins, subqueries, CTEs,
 * set operations, aggregates, windows, functions of many types, and changes with RETURNING. The
 * same random numbers give the same statements; each gives the same answer each time.
 */
final class GeneratedSql {

  /** A table of many types. */
  static final String SCHEMA =
      """
      create table kinds (
        i integer primary key, b bigint, n numeric(12, 3), f float8, t text, v varchar(20), o boolean,
        d date, s timestamp, z timestamptz, j jsonb, u uuid, a integer[], x bytea, l interval);
      insert into kinds select g, g * 10000000000, g / 7.0, g / 3.0, 'text ' || g, 'v' || g % 3,
        g % 2 = 0, date '2020-01-01' + g, timestamp '2020-01-01' + g * interval '1 hour',
        timestamptz '2020-01-01 00:00+00' + g * interval '1 day', jsonb_build_object('k', g, 'w', array[g]),
        ('00000000-0000-0000-0000-' || lpad(g::text, 12, '0'))::uuid, array[g, g + 1],
        decode(lpad(to_hex(g), 4, '0'), 'hex'), g * interval '1 minute'
        from generate_series(1, 20) g;
      insert into kinds (i) values (21)\
      """;

  private enum Type {
    INT,
    TEXT,
    OTHER
  }

  private record Column(String name, Type type) {}

  private record Table(String name, List<Column> columns) {}

  private static final Table CUSTOMERS =
      table("customers", "id", "name email national_id card_number", "");

  private static final List<Table> TABLES =
      List.of(
          CUSTOMERS,
          table("orders", "id customer_id", "item status", "amount ordered_at"),
          table("payments", "id order_id", "method", "amount paid_at"),
          table("kinds", "i", "t v", "b n f o d s z j u a x l"));

  private final Random random;
  private int names;

  GeneratedSql(long seed) {
    random = new Random(seed);
  }

  private static Table table(String name, String ints, String texts, String others) {
    List<Column> columns = new ArrayList<>();
    add(columns, ints, Type.INT);
    add(columns, texts, Type.TEXT);
    add(columns, others, Type.OTHER);
    return new Table(name, columns);
  }

  private static void add(List<Column> columns, String names, Type type) {
    for (String name : names.split(" ")) {
      if (!name.isEmpty()) {
        columns.add(new Column(name, type));
      }
    }
  }

  /** Any statement. */
  String statement() {
    return switch (random.nextInt(10)) {
      case 0 -> insert();
      case 1 -> update();
      case 2 -> "delete from payments where id " + among() + " returning *";
      default -> query(anyTable());
    };
  }

  /** A query that reads at least one column of customers. */
  String queryOfCustomers() {
    return query(CUSTOMERS);
  }

  private String query(Table from) {
    return switch (random.nextInt(7)) {
      case 0 -> join(from);
      case 1 -> union(from);
      case 2 -> common(from);
      case 3 -> aggregate(from);
      case 4 -> window(from);
      case 5 -> nested(from);
      default -> plain(from, outputs(from, "q", 1 + random.nextInt(4)));
    };
  }

  private String plain(Table from, String outputs) {
    return "select %s from %s q where %s limit 100"
        .formatted(outputs, from.name(), condition(from, "q"));
  }

  private String join(Table from) {
    Table other = anyTable();
    String kind = one("join", "left join", "full join", "right join");
    return "select %s, %s from %s q %s %s r on q.%s = r.%s where %s limit 1000"
        .formatted(
            outputs(from, "q", 2),
            outputs(other, "r", 2),
            from.name(),
            kind,
            other.name(),
            from.columns().getFirst().name(),
            other.columns().getFirst().name(),
            condition(from, "q"));
  }

  private String union(Table from) {
    Table other = anyTable();
    return "select %s from %s q where %s %s select %s from %s r where %s"
        .formatted(
            text(from, "q"),
            from.name(),
            condition(from, "q"),
            one("union", "union all", "intersect", "except"),
            text(other, "r"),
            other.name(),
            condition(other, "r"));
  }

  private String common(Table from) {
    return "with c as %s (select %s as e, %s as k from %s q where %s) select %s from c where k > %d"
        .formatted(
            one("", "materialized", "not materialized"),
            text(from, "q"),
            number(from, "q"),
            from.name(),
            condition(from, "q"),
            one("*", "e", "c", "upper(e), k", "count(e), max(e)", "row_to_json(c)"),
            random.nextInt(5) - 2);
  }

  private String aggregate(Table from) {
    String group = text(from, "q");
    return "select %s, count(*), %s(%s) from %s q where %s group by 1 having count(*) > 0 order by 1"
        .formatted(
            group,
            one("sum", "min", "max", "avg"),
            number(from, "q"),
            from.name(),
            condition(from, "q"));
  }

  private String window(Table from) {
    String key = "q." + from.columns().getFirst().name();
    return "select %s, %s over (order by %s) from %s q where %s"
        .formatted(
            outputs(from, "q", 1),
            one(
                "rank()",
                "row_number()",
                "lag(" + text(from, "q") + ")",
                "first_value(" + key + ")"),
            key,
            from.name(),
            condition(from, "q"));
  }

  private String nested(Table from) {
    return one(
        "select (select %s from %s q where %s order by 1 limit 1)"
            .formatted(text(from, "q"), from.name(), condition(from, "q")),
        "select s.* from (select %s from %s q where %s) s"
            .formatted(outputs(from, "q", 3), from.name(), condition(from, "q")),
        "select %s from orders r, lateral (select %s as e from %s q where %s) s where r.id < 4"
            .formatted("r.id, s.e", text(from, "q"), from.name(), condition(from, "q")),
        "select array(select %s from %s q where %s order by 1)"
            .formatted(text(from, "q"), from.name(), condition(from, "q")),
        "select json_agg(s) from (select %s from %s q where %s order by 1) s"
            .formatted(outputs(from, "q", 2), from.name(), condition(from, "q")));
  }

  private String insert() {
    return "insert into kinds (i, t, n) values (%d, %s, %d) %s returning i, t, n"
        .formatted(
            random.nextInt(30),
            one("'a'", "null", "'%s'".formatted("b".repeat(random.nextInt(9)))),
            random.nextInt(1000),
            one("", "on conflict do nothing", "on conflict (i) do update set t = excluded.t"));
  }

  private String update() {
    return "update kinds k set t = %s, n = %s where i %s returning *"
        .formatted(text(TABLES.get(3), "k"), number(TABLES.get(3), "k"), among());
  }

  private String condition(Table table, String alias) {
    String key = alias + "." + table.columns().getFirst().name();
    return switch (random.nextInt(5)) {
      case 0 -> key + " in (select id from orders where amount > " + random.nextInt(50) + ")";
      case 1 -> "exists (select from orders e where e.id = " + key + ")";
      case 2 -> key + " between 1 and " + (2 + random.nextInt(20)) + " and " + key + " is not null";
      default -> key + " " + among();
    };
  }

  private String among() {
    return one("= 1", "< 5", "in (1, 2, 3)", "> 3", "= any(array[4, 5])", "= 3 % 2");
  }

  private String outputs(Table table, String alias, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> output(table, alias) + " as c" + names++ % 50)
        .collect(Collectors.joining(", "));
  }

  private String output(Table table, String alias) {
    return switch (random.nextInt(4)) {
      case 0 -> text(table, alias);
      case 1 -> number(table, alias);
      default -> alias + "." + any(table.columns()).name();
    };
  }

  private String text(Table table, String alias) {
    String column = alias + "." + any(of(table, Type.TEXT)).name();
    return one(
        column,
        "lower(" + column + ")",
        "coalesce(" + column + ", 'none')",
        column + " || '!'",
        "substr(" + column + ", 1, 60)",
        "case when "
            + alias
            + "."
            + table.columns().getFirst().name()
            + " > 2 then "
            + column
            + " end",
        "concat(" + column + ", '-', 1)",
        "nullif(" + column + ", 'x')",
        // Some fail, and say with what.
        "(" + column + "::integer)::text",
        "format('%s', " + column + ")");
  }

  private String number(Table table, String alias) {
    String column = alias + "." + any(of(table, Type.INT)).name();
    return one(
        column,
        column + " + 1",
        column + " / (" + column + " - 3)",
        "abs(" + column + ")",
        "length(" + text(table, alias) + ")",
        column + " * 2.5",
        "(" + column + " % 4)::bigint");
  }

  private static List<Column> of(Table table, Type type) {
    return table.columns().stream().filter(column -> column.type() == type).toList();
  }

  private Table anyTable() {
    return any(TABLES);
  }

  private String one(String... all) {
    return all[random.nextInt(all.length)];
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
