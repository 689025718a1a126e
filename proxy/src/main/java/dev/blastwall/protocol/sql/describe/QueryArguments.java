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

  void describe(Node call) {
    String name = call.names("funcname").getLast().toLowerCase(Locale.ROOT);
    List<Node> arguments = call.list("args");
    if (name.startsWith("query_to_xml") || name.equals("ts_stat")) {
      query(argument(arguments, 0));
    } else if (name.startsWith("table_to_xml")) {
      argument(arguments, 0)
          .ifPresentOrElse(table -> query(Optional.of("TABLE " + table)), this::unknown);
    } else if (name.equals("ts_rewrite") && arguments.size() == SECOND + 1) {
      query(argument(arguments, SECOND));
    } else if (name.startsWith("crosstab")) {
      arguments.forEach(argument -> query(Constants.text(argument)));
    } else if (isRemote(name)) {
      remote(arguments);
    } else if (!(name.equals("ts_rewrite") || isHarmless(name))) {
      unknown();
    }
  }

  private static Optional<String> argument(List<Node> arguments, int index) {
    return arguments.size() > index ? Constants.text(arguments.get(index)) : Optional.empty();
  }

  private void query(Optional<String> text) {
    text.ifPresentOrElse(query -> InnerText.run(query, facts, Scope.EMPTY), this::unknown);
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
  private void remote(List<Node> arguments) {
    List<String> strings =
        arguments.stream().map(Constants::text).flatMap(Optional::stream).toList();
    boolean all = arguments.stream().allMatch(a -> Constants.text(a).isPresent() || isFlag(a));
    query(all && !strings.isEmpty() ? Optional.of(strings.getLast()) : Optional.empty());
  }

  private static boolean isFlag(Node argument) {
    return argument.is("A_Const") && argument.has("boolval");
  }

  private void unknown() {
    facts.sideEffect("dynamic_sql");
    facts.partial();
  }
}
