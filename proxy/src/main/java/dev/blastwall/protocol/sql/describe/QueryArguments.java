package dev.blastwall.protocol.sql.describe;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Functions that run a query which they get as a value, or read a relation that a value names. */
final class QueryArguments {

  /** As in the arguments of {@code ts_rewrite} and {@code dblink}, where not the first is meant. */
  private static final int SECOND = 1;

  private final Facts facts;

  QueryArguments(Facts facts) {
    this.facts = facts;
  }

  /** Notes what runs, and tells what may be in the result. */
  Flow describe(Node call) {
    String name = call.names("funcname").getLast().toLowerCase(Locale.ROOT);
    List<Node> arguments = call.list("args");
    if (name.startsWith("query_to_xml") || name.equals("ts_stat")) {
      return query(argument(arguments, 0));
    }
    if (name.startsWith("table_to_xml")) {
      return query(argument(arguments, 0).map(table -> "TABLE " + table));
    }
    if (name.equals("ts_rewrite")) {
      return arguments.size() == SECOND + 1 ? query(argument(arguments, SECOND)) : Flow.UNKNOWN;
    }
    if (name.startsWith("crosstab")) {
      return Flow.union(
          arguments.stream().map(argument -> query(Constants.text(argument))).toList());
    }
    if (isRemote(name)) {
      return remote(arguments);
    }
    return isHarmless(name) ? Flow.UNKNOWN : unknown();
  }

  private static Optional<String> argument(List<Node> arguments, int index) {
    return arguments.size() > index ? Constants.text(arguments.get(index)) : Optional.empty();
  }

  private Flow query(Optional<String> text) {
    return text.map(query -> InnerText.run(query, facts, Scope.EMPTY)).orElseGet(this::unknown);
  }

  /** They run a query elsewhere, where names may mean the same tables. */
  private static boolean isRemote(String name) {
    return List.of("dblink", "dblink_exec", "dblink_send_query", "dblink_open").contains(name);
  }

  private static boolean isHarmless(String name) {
    return List.of("dblink_disconnect", "dblink_get_connections", "dblink_error_message")
        .contains(name);
  }

  /** The query is the last string, or that before a flag. */
  private Flow remote(List<Node> arguments) {
    List<String> strings =
        arguments.stream().map(Constants::text).flatMap(Optional::stream).toList();
    boolean all = arguments.stream().allMatch(a -> Constants.text(a).isPresent() || isFlag(a));
    return query(all && !strings.isEmpty() ? Optional.of(strings.getLast()) : Optional.empty());
  }

  private static boolean isFlag(Node argument) {
    return argument.is("A_Const") && argument.has("boolval");
  }

  private Flow unknown() {
    facts.sideEffect("dynamic_sql");
    facts.partial();
    return Flow.UNKNOWN;
  }
}
