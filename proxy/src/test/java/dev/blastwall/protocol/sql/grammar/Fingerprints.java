package dev.blastwall.protocol.sql.grammar;

/** libpg_query's own judgement of whether two texts differ in constants only. */
public final class Fingerprints {

  private static final Grammar GRAMMAR = new Grammar();

  private Fingerprints() {}

  public static synchronized String of(String text) {
    return switch (GRAMMAR.parse(text)) {
      case Parsed.Tree tree -> GRAMMAR.fingerprint(text);
      case Parsed.SyntaxError error -> "syntax error";
    };
  }
}
