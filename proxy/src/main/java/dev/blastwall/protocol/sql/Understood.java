package dev.blastwall.protocol.sql;

import dev.blastwall.command.SqlBatch;
import dev.blastwall.masking.MaskedForm;
import dev.blastwall.protocol.sql.describe.Description;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text and what it does, before values are bound to it. Immutable. */
public final class Understood {

  private static final String DIALECT = "postgresql";

  private final String text;
  private final Reading reading;
  private final boolean maskedLiterals;

  Understood(String text, Reading reading, boolean maskedLiterals) {
    this.text = text;
    this.reading = reading;
    this.maskedLiterals = maskedLiterals;
  }

  /** The text as it was read. */
  public String text() {
    return text;
  }

  /** What the text does. */
  public Description description() {
    return reading.description();
  }

  /** Why the text was not understood, in words for its author; empty when it was. */
  public Optional<String> problem() {
    return Optional.ofNullable(reading.problem());
  }

  /**
   * The command that the text is with these values.
   *
   * @param parameters the bound values as text, null for NULL
   */
  public SqlBatch batch(List<@Nullable String> parameters) {
    return new SqlBatch(
        DIALECT,
        text,
        description().understanding(),
        description().statements(),
        parameters,
        reading.writes() && (maskedLiterals || anyMasked(parameters)));
  }

  private static boolean anyMasked(List<@Nullable String> parameters) {
    for (String parameter : parameters) {
      if (parameter != null && MaskedForm.is(parameter)) {
        return true;
      }
    }
    return false;
  }
}
