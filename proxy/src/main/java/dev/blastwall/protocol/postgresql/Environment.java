package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Dialer;
import dev.blastwall.protocol.Gate;
import dev.blastwall.protocol.sql.SqlUnderstanding;

/**
 * What all sessions of a listener share; but for {@code side}, all listeners of a gateway share it.
 *
 * @param gate lets clients in
 * @param side how the listener takes its clients
 * @param dialer reaches upstreams
 * @param understanding reads SQL
 * @param catalog names what RowDescription numbers
 * @param cancelKeys lead a CancelRequest to its session
 * @param halfOpen counts the connections that are not signed in yet
 */
record Environment(
    Gate gate,
    ClientSide side,
    Dialer dialer,
    SqlUnderstanding understanding,
    PostgresqlCatalog catalog,
    CancelKeys cancelKeys,
    HalfOpen halfOpen) {

  Environment at(ClientSide other) {
    return new Environment(gate, other, dialer, understanding, catalog, cancelKeys, halfOpen);
  }
}
