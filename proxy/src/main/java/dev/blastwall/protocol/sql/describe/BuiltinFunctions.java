package dev.blastwall.protocol.sql.describe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The functions of PostgreSQL itself whose result is made of their arguments, or shows no user's
 * data. Generated from {@code pg_proc}; a test compares.
 */
public final class BuiltinFunctions {

  private static final String SCHEMA = "pg_catalog.";
  private static final Set<String> NAMES = load("builtin-functions.txt");

  private BuiltinFunctions() {}

  static boolean contains(String name) {
    return NAMES.contains(name);
  }

  /** Whether a function of a statement is one of these, as the text calls it. */
  public static boolean isOne(String function) {
    return NAMES.contains(
        function.startsWith(SCHEMA) ? function.substring(SCHEMA.length()) : function);
  }

  private static Set<String> load(String resource) {
    try (InputStream in = BuiltinFunctions.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + resource);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Set.copyOf(text.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
