package dev.blastwall.enforcement;

import dev.blastwall.command.Connection;
import dev.blastwall.protocol.Upstream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where each connection leads.
 *
 * @param byName the routes by the name that clients use
 */
public record Routes(Map<String, Route> byName) {

  public Routes {
    byName = Map.copyOf(byName);
  }

  /**
   * A connection and its upstream.
   *
   * @param connection as policy sees it, with its own database
   * @param upstream as the gateway reaches it
   */
  public record Route(Connection connection, Upstream upstream) {

    private Route on(String database) {
      return new Route(
          new Connection(connection.name(), connection.protocol(), database, connection.labels()),
          upstream.on(database));
    }
  }

  /**
   * The route to {@code database}, or to the connection's own one when that is null; empty when
   * there is none for this protocol.
   */
  Optional<Route> find(String protocol, String name, @Nullable String database) {
    return Optional.ofNullable(byName.get(name))
        .filter(route -> route.connection().protocol().equals(protocol))
        .map(route -> database == null ? route : route.on(database));
  }
}
