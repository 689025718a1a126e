package dev.blastwall.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that one protocol message carries: one or more statements and the values bound to them.
 *
 * @param dialect the grammar that read the text, for example {@code postgresql}
 * @param text the text exactly as the client sent it
 * @param understanding how far the text was understood; policy sees it
 * @param statements one description per statement, in order; empty when nothing was understood
 * @param parameters the bound values as text, {@code \x…} hex for binary ones, null for NULL
 * @param maskedTokens whether a literal or a value looks like something that masking produced
 */
public record SqlBatch(
    String dialect,
    String text,
    Understanding understanding,
    List<SqlStatement> statements,
    List<@Nullable String> parameters,
    boolean maskedTokens)
    implements Command {

  public SqlBatch {
    statements = List.copyOf(statements);
    // List.copyOf refuses null, and a bound NULL is one.
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
  }

  @Override
  public String kind() {
    return "sql";
  }

  @Override
  public void writeTo(CanonicalForm form) {
    form.text(dialect).text(text).count(parameters.size());
    parameters.forEach(form::textOrNull);
  }
}
