package dev.blastwall.protocol.sql;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts that are mostly SQL, with places for literals, and now and then something odd. */
final class RandomSql {

  /** Stands where a literal will be. */
  static final String SLOT = "§";

  private static final List<String> STRINGS =
      List.of(
          "'a'",
          "'b'",
          "''",
          "'it''s'",
          "'\\'",
          "'--'",
          "'/*'",
          "'1'",
          "'***'",
          "'search_path'",
          "'role'",
          "'[redacted]'");
  private static final List<String> INTEGERS =
      List.of("1", "2", "3", "0", "00", "42", "2147483648", "99999999999999999999");
  private static final List<String> DECIMALS = List.of("1.5", "2.25", "0.0", "1.0");
  private static final List<String> ODD_LITERALS =
      List.of(
          "E'a\\'b'",
          "$$a$$",
          "B'1'",
          "1e5",
          "1_000",
          "0x1f",
          "'a'\n'b'",
          "-1",
          "NULL",
          "date '2020-01-01'",
          "U&'\\0041'",
          "1.",
          ".5");

  private static final List<String> ODDITIES =
      List.of(
          "--",
          "/*",
          "*/",
          "/* x */",
          "'",
          "\"",
          "$$",
          "$a$",
          "E",
          "U&",
          "N",
          "x",
          "_",
          "1",
          "\\",
          ";",
          "; SELECT ",
          ".",
          "e5",
          "(",
          ")",
          "[",
          ",",
          " ",
          "\n",
          "&",
          " LIMIT ",
          " ORDER BY ",
          " GROUP BY ",
          " AS ",
          "public.",
          " DISTINCT ON (",
          " ESCAPE ",
          " UESCAPE '!'",
          " COLLATE ",
          " FROM ",
          "::numeric(",
          " IN (",
          " VALUES (",
          " - ",
          "''");

  private final Random random;

  RandomSql(long seed) {
    random = new Random(seed);
  }

  String text() {
    String text = statement();
    if (random.nextInt(3) == 0) {
      int place = random.nextInt(text.length() + 1);
      text = text.substring(0, place) + of(ODDITIES) + text.substring(place);
    }
    return text;
  }

  /** {@code text} with a literal in each of its places. */
  String filled(String text) {
    return replaced(text, c -> c == SLOT.charAt(0) ? kind() : List.of(String.valueOf(c)));
  }

  /** A text of the template {@code key}, with other literals. */
  String refilled(String key) {
    return replaced(
        key,
        c ->
            switch (c) {
              case 1 -> STRINGS;
              case 2 -> INTEGERS;
              case 3 -> DECIMALS;
              default -> List.of(String.valueOf(c));
            });
  }

  private String replaced(String text, Function<Character, List<String>> choices) {
    return text.chars().mapToObj(c -> of(choices.apply((char) c))).collect(Collectors.joining());
  }

  private List<String> kind() {
    return switch (random.nextInt(20)) {
      case 0 -> ODD_LITERALS;
      case 1, 2 -> DECIMALS;
      case 3, 4, 5, 6, 7, 8, 9, 10 -> INTEGERS;
      default -> STRINGS;
    };
  }

  private String statement() {
    return switch (random.nextInt(8)) {
      case 0 -> "INSERT INTO t (a, b) VALUES " + rows(1) + maybe(" RETURNING " + expressions(2));
      case 1 -> "UPDATE t SET a = " + expression(2) + where(2);
      case 2 -> "DELETE FROM t" + where(2);
      case 3 -> "VALUES " + rows(1) + tail();
      case 4 -> query(2) + " UNION " + query(2) + tail();
      default -> query(2) + tail();
    };
  }

  private String query(int depth) {
    int inner = Math.min(depth, 1);
    return "SELECT "
        + maybe("DISTINCT ON (" + expressions(inner) + ") ")
        + expressions(depth)
        + " FROM t"
        + maybe(" JOIN u ON (" + expression(inner) + ")")
        + maybe(", (VALUES " + rows(inner) + ") v (a, b)")
        + where(inner)
        + maybe(" GROUP BY " + expressions(inner))
        + maybe(" HAVING " + expression(inner));
  }

  private String tail() {
    return maybe(" ORDER BY " + expressions(1))
        + maybe(" LIMIT " + expression(0))
        + maybe(" OFFSET " + expression(0))
        + maybe(" FETCH FIRST " + SLOT + " ROWS ONLY");
  }

  private String where(int depth) {
    return maybe(" WHERE " + expression(depth));
  }

  private String rows(int depth) {
    return "(" + expressions(depth) + ")" + maybe(", (" + expressions(depth) + ")");
  }

  private String expressions(int depth) {
    return Stream.generate(() -> expression(depth))
        .limit(1 + random.nextInt(2))
        .collect(Collectors.joining(", "));
  }

  private String expression(int depth) {
    if (depth == 0) {
      return of(List.of(SLOT, SLOT, SLOT, "a", "t.b", "$1"));
    }
    String left = expression(depth - 1);
    String right = expression(depth - 1);
    return switch (random.nextInt(22)) {
      case 0, 1, 2 ->
          left + of(List.of(" = ", "=", " + ", " - ", "-", " || ", " -> ", " < ", "*")) + right;
      case 3 -> left + of(List.of(" AND ", " OR ")) + right;
      case 4 -> left + " IN (" + right + ", " + SLOT + ")";
      case 5 -> "(" + left + ")";
      case 6 -> "- " + left;
      case 7 ->
          of(
                  List.of(
                      "lower",
                      "set_config",
                      "pg_catalog.set_config",
                      "f",
                      "s.values",
                      "query_to_xml",
                      "ROW"))
              + "("
              + left
              + ", "
              + right
              + ", false)";
      case 8 -> "CASE WHEN " + left + " THEN " + right + " ELSE " + SLOT + " END";
      case 9 -> left + "::numeric(" + SLOT + ")";
      case 10 -> "(" + query(depth - 1) + " LIMIT " + SLOT + ")";
      case 11 -> "EXISTS (" + query(depth - 1) + " ORDER BY " + SLOT + ")";
      case 12 -> of(List.of("date ", "interval ", "text ", "\"x\"", "like ")) + SLOT;
      case 13 -> "ARRAY[" + left + "][" + SLOT + "]";
      case 14 -> left + " LIKE " + right + maybe(" ESCAPE " + SLOT);
      case 15 -> left + " BETWEEN " + right + " AND " + SLOT;
      case 16 -> "sum(" + left + ") OVER (ORDER BY " + right + ")";
      case 17 -> "count(*) FILTER (WHERE " + left + ")";
      case 18 -> "NOT " + left;
      case 19 -> left + " AT TIME ZONE " + SLOT;
      default -> left;
    };
  }

  private String maybe(String text) {
    return random.nextInt(3) == 0 ? text : "";
  }

  private String of(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
