package dev.blastwall.protocol.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Queries over the tables of the schema {@code prop}, whose columns are all texts. */
final class RandomQueries {

  /** Something in FROM, and its columns. */
  private record Item(String text, String alias, List<String> columns, boolean row) {}

  private static final List<String> PEOPLE = List.of("id", "name", "email", "card", "doc");

  private final Random random;
  private final List<List<Item>> queries = new ArrayList<>();
  private int names;

  RandomQueries(long seed) {
    random = new Random(seed);
  }

  /** A query with one to three columns. */
  String next() {
    names = 0;
    queries.clear();
    return query(1 + random.nextInt(3), 3, List.of());
  }

  private String name() {
    return "n" + names++;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String query(int width, int depth, List<Item> outer) {
    return switch (depth <= 0 ? 9 : random.nextInt(12)) {
      case 0 -> united(width, depth, outer);
      case 1 -> with(width, depth, outer);
      case 2 -> recursive(width, depth, outer);
      case 3 -> aggregated(width, depth, outer);
      case 4 ->
          "values ("
              + list(width, i -> "(select " + expression(depth - 1, outer) + ")::text")
              + ")";
      default -> plain(width, depth, outer);
    };
  }

  private String united(int width, int depth, List<Item> outer) {
    String operator = one(List.of(" union ", " union all ", " except ", " union all "));
    return "("
        + query(width, depth - 1, outer)
        + ")"
        + operator
        + "("
        + query(width, depth - 1, outer)
        + ")";
  }

  private String with(int width, int depth, List<Item> outer) {
    String name = name();
    List<String> columns = IntStream.range(0, width).mapToObj(i -> "c" + i).toList();
    String inner = query(width, depth - 1, outer);
    queries.addLast(List.of(new Item(name, name, columns, true)));
    String body = query(width, depth - 1, outer);
    queries.removeLast();
    return "with " + name + "(" + String.join(", ", columns) + ") as (" + inner + ") " + body;
  }

  private String recursive(int width, int depth, List<Item> outer) {
    String name = name();
    List<String> columns = IntStream.range(0, width).mapToObj(i -> "c" + i).toList();
    String first = plain(width, depth - 1, outer);
    String shifted = list(width, i -> name + ".c" + (i + 1) % width);
    return "with recursive "
        + name
        + "(n, "
        + String.join(", ", columns)
        + ") as (select 1, q.* from ("
        + first
        + ") q union all select n + 1, "
        + shifted
        + " from "
        + name
        + " where n < 3) select "
        + String.join(", ", columns)
        + " from "
        + name;
  }

  private String aggregated(int width, int depth, List<Item> outer) {
    List<Item> items = new ArrayList<>();
    String from = from(depth - 1, outer, items);
    List<Item> scope = new ArrayList<>(items);
    return "select "
        + list(width, i -> aggregate(expression(depth - 1, scope)))
        + " from "
        + from
        + (chance(30) ? " group by " + reference(items) : "");
  }

  private String aggregate(String value) {
    return one(List.of(
            "max(%s)",
            "min(%s) filter (where true)",
            "string_agg(%s, ',' order by 1)",
            "array_agg(distinct %s)::text",
            "json_agg(%s)::text",
            "json_object_agg('k', %s)::text",
            "count(%s)::text",
            "(array_agg(%s))[1]"))
        .formatted(value);
  }

  private String plain(int width, int depth, List<Item> outer) {
    List<Item> items = new ArrayList<>();
    String from = from(depth - 1, outer, items);
    List<Item> scope = new ArrayList<>(outer);
    scope.addAll(items);
    boolean star = items.size() == 1 && items.getFirst().columns().size() == width && chance(30);
    return "select "
        + (chance(10) ? "distinct " : "")
        + (star ? "*" : list(width, i -> target(depth, scope)))
        + " from "
        + from
        + (chance(50) ? " where " + condition(depth - 1, scope) : "");
  }

  private String target(int depth, List<Item> scope) {
    String value = expression(depth, scope);
    return chance(10)
        ? one(List.of("first_value(%s) over ()", "lag(%s) over (order by 1)", "max(%s) over ()"))
            .formatted(value)
        : value;
  }

  private String from(int depth, List<Item> outer, List<Item> items) {
    items.add(item(depth, outer));
    String from = items.getFirst().text();
    if (chance(30)) {
      Item other = item(depth, outer);
      from += " join " + other.text() + " on " + condition(0, List.of(items.getFirst(), other));
      items.add(other);
    }
    if (chance(20)) {
      String alias = name();
      String value = expression(depth, items);
      items.add(new Item("", alias, List.of("v"), true));
      from +=
          one(
              List.of(
                  ", lateral (select " + value + " as v) " + alias,
                  ", unnest(array[" + value + "]) as " + alias + "(v)",
                  ", regexp_split_to_table(" + value + ", ',') as " + alias + "(v)",
                  ", lateral (values (" + value + ")) as " + alias + "(v)"));
    }
    return from;
  }

  private Item item(int depth, List<Item> outer) {
    String alias = name();
    return switch (depth <= 0 ? random.nextInt(4) : random.nextInt(7)) {
      case 0, 1 -> new Item("prop.people " + alias, alias, PEOPLE, true);
      case 2 -> new Item("prop.orders " + alias, alias, List.of("id", "person", "note"), true);
      case 3 -> new Item("prop.contacts " + alias, alias, List.of("who", "mail"), true);
      case 4 -> {
        int width = 1 + random.nextInt(2);
        List<String> columns = IntStream.range(0, width).mapToObj(i -> "d" + i).toList();
        yield new Item(
            "("
                + query(width, depth - 1, List.of())
                + ") as "
                + alias
                + "("
                + String.join(", ", columns)
                + ")",
            alias,
            columns,
            true);
      }
      case 5 -> queries.isEmpty() ? item(0, outer) : known(alias);
      default ->
          new Item(
              "prop.mails(" + random.nextInt(4) + ") as " + alias + "(m)",
              alias,
              List.of("m"),
              false);
    };
  }

  private Item known(String alias) {
    Item query = one(one(queries));
    return new Item(query.text() + " as " + alias, alias, query.columns(), true);
  }

  private String reference(List<Item> scope) {
    if (scope.isEmpty()) {
      return "'c'::text";
    }
    Item item = one(scope);
    return item.alias() + "." + one(item.columns());
  }

  private String expression(int depth, List<Item> scope) {
    if (depth <= 0) {
      return reference(scope) + "::text";
    }
    String a = expression(depth - 1 - random.nextInt(2), scope);
    return switch (random.nextInt(14)) {
      case 0, 1 -> reference(scope) + "::text";
      case 2 -> "(" + a + " || " + reference(scope) + "::text)";
      case 3 -> "case when " + condition(0, scope) + " then " + a + " else 'x' end";
      case 4 ->
          "(select "
              + one(List.of("max", "min"))
              + "(q.z) from ("
              + query(1, depth - 2, scope)
              + ") as q(z))";
      case 5 -> row(scope);
      case 6 -> "(select " + a + " limit 1)";
      case 7 -> "prop.echo(" + a + ")";
      case 8 -> "'k'";
      default -> wrapped(a);
    };
  }

  private String wrapped(String value) {
    return one(List.of(
            "lower(%s)",
            "upper(%s)",
            "reverse(%s)",
            "coalesce(%s, 'x')",
            "concat_ws('-', %s)",
            "format('%%s', %s)",
            "substr(%s, 1, 60)",
            "quote_literal(%s)",
            "nullif(%s, 'q')",
            "greatest(%s, 'a')",
            "to_json(%s)::text",
            "array[%s]::text",
            "(array[%s])[1]",
            "row(%s, 1)::text",
            "json_build_object('k', %s)::text",
            "xmlforest(%s as q)::text",
            "to_jsonb(%s)::text",
            "regexp_replace(%s, 'q', 'w')",
            "(%s)::varchar(60)",
            "length(%s)::text",
            "md5(%s)",
            "array_to_string(array(select %s), ',')",
            "(select json_agg(z) from (select %s as w) z)::text"))
        .formatted(value);
  }

  private String row(List<Item> scope) {
    List<Item> rows = scope.stream().filter(Item::row).toList();
    return rows.isEmpty()
        ? "'r'"
        : one(List.of("%s::text", "row_to_json(%s)::text", "to_jsonb(%s)::text", "row(%s.*)::text"))
            .formatted(one(rows).alias());
  }

  private String condition(int depth, List<Item> scope) {
    return switch (random.nextInt(5)) {
      case 0 -> reference(scope) + "::text is not null";
      case 1 -> reference(scope) + "::text <> 'a'";
      case 2 -> "exists (" + query(1, depth - 1, scope) + ")";
      case 3 -> "length(" + reference(scope) + "::text) > 2";
      default -> "true";
    };
  }

  private static String list(int width, java.util.function.IntFunction<String> of) {
    return IntStream.range(0, width).mapToObj(of).collect(Collectors.joining(", "));
  }
}
