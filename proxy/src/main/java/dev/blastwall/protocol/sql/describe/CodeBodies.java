package dev.blastwall.protocol.sql.describe;

import static dev.blastwall.command.ColumnUse.Use.OUTPUT;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The code of DO and CREATE FUNCTION: what it would touch when it runs. */
final class CodeBodies {

  /** Settings under which a body is read otherwise than it is here. */
  private static final String STRINGS = "set_default:standard_conforming_strings";

  private final Facts facts;

  CodeBodies(Facts facts) {
    this.facts = facts;
  }

  static boolean isCode(Node statement) {
    return statement.is("DoStmt") || statement.is("CreateFunctionStmt");
  }

  /** Whether its code is a string. */
  static boolean isString(Node code) {
    return option(code, "as").isPresent();
  }

  private static Optional<Node> option(Node code, String name) {
    return options(code).stream().filter(option -> option.text("defname").equals(name)).findFirst();
  }

  private static List<Node> options(Node code) {
    return code.list(code.is("DoStmt") ? "args" : "options");
  }

  void describe(Node code) {
    if (option(code, "security").filter(option -> !Options.isOff(option)).isPresent()) {
      facts.sideEffect("security_definer");
    }
    if (facts.hasSideEffect(STRINGS)) {
      facts.partial();
    }
    String language =
        option(code, "language")
            .map(Options::text)
            .orElse(code.is("DoStmt") ? "plpgsql" : "sql")
            .toLowerCase(Locale.ROOT);
    Scope scope = variables(parameters(code));
    switch (language) {
      case "sql" -> sql(code, scope);
      case "plpgsql" ->
          facts
              .inside()
              .plpgsql(code)
              .ifPresentOrElse(
                  body -> new PlpgsqlBody(facts, parameters(code)).describe(body), facts::partial);
      default -> opaque();
    }
  }

  private void opaque() {
    facts.sideEffect("opaque_code");
    facts.partial();
  }

  private void sql(Node code, Scope scope) {
    option(code, "as")
        .flatMap(option -> option.child("arg"))
        .map(strings -> strings.is("List") ? strings.names("items") : List.of(strings.text("sval")))
        .ifPresent(strings -> InnerText.run(String.join("\n", strings), facts, scope));
    code.child("sql_body").ifPresent(body -> standard(body, scope));
  }

  /** SQL's own syntax: RETURN, or statements between BEGIN ATOMIC and END. */
  private void standard(Node body, Scope scope) {
    Queries queries = new Queries(facts);
    switch (body.kind()) {
      case "List" -> body.list("items").forEach(item -> standard(item, scope));
      case "ReturnStmt" ->
          body.child("returnval")
              .ifPresent(value -> queries.expressions().flow(value, scope, OUTPUT));
      default -> InnerText.noteRun(new Statements(facts, scope).run(body), facts);
    }
  }

  /** The names under which code may speak of itself and its parameters. */
  private static List<String> parameters(Node code) {
    List<String> names = new ArrayList<>();
    code.list("parameters").forEach(parameter -> names.add(parameter.text("name")));
    List<String> function = code.names("funcname");
    if (!function.isEmpty()) {
      names.add(function.getLast());
    }
    return names;
  }

  /**
   * A scope in which any name may be a variable, whose value may come from anywhere.
   *
   * @param records what may stand before a dot
   */
  static Scope variables(List<String> records) {
    List<OutputColumn> anything = List.of(OutputColumn.several(Flow.UNKNOWN));
    List<Relation> all = new ArrayList<>();
    all.add(Relation.derived(null, anything));
    records.stream().distinct().forEach(name -> all.add(Relation.derived(name, anything)));
    return Scope.EMPTY.inner(all);
  }
}
