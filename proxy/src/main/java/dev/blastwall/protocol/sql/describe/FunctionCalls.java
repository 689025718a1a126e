package dev.blastwall.protocol.sql.describe;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.List;
import java.util.Locale;

/** Function calls: what they are called, what they do, and whether their result can be traced. */
final class FunctionCalls {

  private final Facts facts;

  FunctionCalls(Facts facts) {
    this.facts = facts;
  }

  /**
   * Notes a call.
   *
   * @param arguments what flows into it
   * @return what flows out of it
   */
  Flow call(Node call, Flow arguments) {
    List<String> path = call.names("funcname");
    String name = path.getLast();
    facts.function(String.join(".", path).toLowerCase(Locale.ROOT));
    boolean own = path.size() == 1 || path.getFirst().equals("pg_catalog");
    // A function of the same name in another schema is listed with the effects of PostgreSQL's own:
    // search paths and wrappers make the two hard to tell apart.
    Flow run = FunctionEffects.of(name).map(effect -> note(effect, call)).orElse(Flow.NONE);
    Flow all = arguments.and(run);
    return own && BuiltinFunctions.contains(name) ? all : all.untraced();
  }

  private Flow note(FunctionEffects.Effect effect, Node call) {
    facts.sideEffect(effect.sideEffect());
    if (effect.sideEffect().equals("set_session")) {
      SessionSettings.changed(facts, settingName(call));
    }
    return effect.runsText() ? new QueryArguments(facts).describe(call) : Flow.NONE;
  }

  private static String settingName(Node call) {
    return call.list("args").stream()
        .findFirst()
        .filter(argument -> argument.is("A_Const"))
        .map(argument -> argument.fields().path("sval").path("sval").asText("*"))
        .orElse("*");
  }
}
