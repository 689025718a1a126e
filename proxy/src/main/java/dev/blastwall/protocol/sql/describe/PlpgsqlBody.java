package dev.blastwall.protocol.sql.describe;

import static java.util.Map.entry;

import dev.blastwall.protocol.sql.grammar.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Code in PL/pgSQL, as its own parser reads it: a tree of statements whose expressions are texts
 * ({@code plpgsql.h}; manual, chapter 43).
 */
final class PlpgsqlBody {

  // How the text of an expression is to be read: RawParseMode in PostgreSQL's parser.h.
  private static final int STATEMENT = 0;
  private static final int TYPE_NAME = 1;
  private static final int EXPRESSION = 2;

  /** Which field holds a text that is made while the code runs. */
  private static final Map<String, String> DYNAMIC =
      Map.ofEntries(
          entry("PLpgSQL_stmt_dynexecute", "query"),
          entry("PLpgSQL_stmt_dynfors", "query"),
          entry("PLpgSQL_stmt_return_query", "dynquery"),
          entry("PLpgSQL_stmt_open", "dynquery"));

  private final Facts facts;
  private final List<String> names;

  /**
   * Describes code.
   *
   * @param names of its parameters, and its own
   */
  PlpgsqlBody(Facts facts, List<String> names) {
    this.facts = facts;
    this.names = new ArrayList<>(names);
  }

  void describe(Node function) {
    if (!function.has("action")) {
      facts.partial();
      return;
    }
    collectNames(function);
    walk(function, CodeBodies.variables(names));
  }

  private void collectNames(Node node) {
    facts.spend(1);
    for (String field : List.of("refname", "label")) {
      if (node.has(field)) {
        names.add(node.text(field));
      }
    }
    node.children().forEach(this::collectNames);
  }

  private void walk(Node node, Scope scope) {
    Optional<Node> dynamic = Optional.ofNullable(DYNAMIC.get(node.kind())).flatMap(node::child);
    dynamic.ifPresent(text -> dynamic(text.text("query"), scope));
    if (node.is("PLpgSQL_stmt_open")) {
      facts.sideEffect("runs:declare_cursor");
    }
    if (node.is("PLpgSQL_expr")) {
      expression(node, scope);
    }
    node.children().forEach(child -> walk(child, scope));
  }

  /** EXECUTE: a constant is read here and now, anything else nobody can read. */
  private void dynamic(String expression, Scope scope) {
    Optional<String> constant =
        facts
            .inside()
            .texts()
            .sql("SELECT " + expression)
            .filter(statements -> statements.size() == 1)
            .map(List::getFirst)
            .map(select -> select.list("targetList"))
            .filter(targets -> targets.size() == 1)
            .flatMap(targets -> targets.getFirst().child("val"))
            .flatMap(Constants::text);
    constant.ifPresentOrElse(text -> InnerText.run(text, facts, scope), this::unknown);
  }

  private void unknown() {
    facts.sideEffect("dynamic_sql");
    facts.partial();
  }

  private void expression(Node node, Scope scope) {
    String text = node.text("query");
    int mode = node.fields().path("parseMode").asInt(STATEMENT);
    if (mode == STATEMENT) {
      InnerText.run(text, facts, scope);
    } else if (mode == EXPRESSION) {
      InnerText.run("SELECT " + text, facts, scope);
    } else if (mode != TYPE_NAME) {
      assignment(text, scope);
    }
  }

  /** A target, {@code :=} or {@code =}, an expression. */
  private void assignment(String text, Scope scope) {
    int sign = text.indexOf('=');
    String target = sign < 0 ? "" : text.substring(0, sign).replaceFirst(":$", "");
    if (!isPlain(target)) {
      // Where it ends only PL/pgSQL's parser knows.
      facts.partial();
      return;
    }
    InnerText.run("SELECT " + target, facts, scope);
    InnerText.run("SELECT " + text.substring(sign + 1), facts, scope);
  }

  /** A variable, a field or an element, with nothing in it that could hide the sign. */
  private static boolean isPlain(String target) {
    int depth = 0;
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (!Character.isLetterOrDigit(c) && " _.,:[]\n\t".indexOf(c) < 0) {
        return false;
      }
    }
    return depth == 0 && !target.isBlank();
  }
}
