package dev.blastwall.protocol.sql.describe;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** SET, RESET and what else changes how the session's later statements are read and run. */
final class SessionSettings {

  private static final Set<String> IDENTITY = Set.of("role", "session_authorization", "*");

  private SessionSettings() {}

  /** Notes that the session's {@code setting} changes; {@code *} when it may be any. */
  static void changed(Facts facts, String setting) {
    String name = setting.toLowerCase(Locale.ROOT);
    facts.sideEffect("set_session");
    facts.sideEffect("set_session:" + name);
    if (IDENTITY.contains(name)) {
      facts.sideEffect("session_authorization");
    }
  }

  /** Notes what a SET or RESET statement changes. */
  static void set(Facts facts, Node set) {
    names(set).forEach(name -> changed(facts, name));
  }

  /** Notes what sessions to come will start with. */
  static void setDefault(Facts facts, Node set) {
    facts.sideEffect("set_default");
    names(set).forEach(name -> facts.sideEffect("set_default:" + name.toLowerCase(Locale.ROOT)));
  }

  private static List<String> names(Node set) {
    return switch (set.text("kind")) {
      case "VAR_RESET_ALL" -> List.of("*");
      case "VAR_SET_MULTI" -> multiple(set);
      default -> List.of(set.text("name"));
    };
  }

  /** SET TRANSACTION concerns the transaction only. */
  private static List<String> multiple(Node set) {
    return set.text("name").startsWith("TRANSACTION")
        ? List.of()
        : Stream.concat(
                set.list("args").stream().map(argument -> argument.text("defname")),
                Stream.of(set.text("name").replace(' ', '_')))
            .toList();
  }
}
