package dev.blastwall.opa.builtin.graphql;

import dev.blastwall.opa.Value;

/** Quotes for messages. */
final class Quotes {
  private Quotes() {}

  static String quote(String text) {
    return Value.of(text).toString();
  }
}
