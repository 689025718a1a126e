package dev.blastwall.command;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A relation that a statement names, and what for.
 *
 * @param schema as the text qualifies it, or null: then the session's search path decides
 * @param name the relation
 * @param access what the statement does to it
 */
public record TableAccess(@Nullable String schema, String name, Access access) {

  /** What a statement does to a relation. */
  public enum Access {
    READ,
    WRITE,
    DDL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word policy sees. */
    public String word() {
      return word;
    }
  }
}
