package dev.blastwall.protocol.postgresql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Bind message (manual, "Message Formats").
 *
 * @param portal the portal to make
 * @param statement the statement to bind
 * @param values the values as text, binary ones as {@code \x…} hex, null for NULL
 */
record BindMessage(String portal, String statement, List<@Nullable String> values) {

  /** Only the statement's name. */
  static String statementOf(Body body) {
    body.text(); // the portal
    return body.text();
  }

  static BindMessage read(Body body) {
    String portal = body.text();
    String statement = body.text();
    List<@Nullable String> values = BoundValues.read(body);
    BoundValues.formats(body); // of the results
    body.end();
    return new BindMessage(portal, statement, values);
  }
}
