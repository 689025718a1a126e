package dev.blastwall.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named upstream as policy sees it; its address and credential are nobody's business here.
 *
 * @param name the name that clients use
 * @param protocol for example {@code postgresql}
 * @param database the database on it, or null where the protocol has none
 * @param labels what the operator says about it
 */
public record Connection(
    String name, String protocol, @Nullable String database, Map<String, String> labels) {

  public Connection {
    labels = Map.copyOf(labels);
  }

  void writeTo(CanonicalForm form) {
    form.text(name).text(protocol).textOrNull(database);
  }
}
