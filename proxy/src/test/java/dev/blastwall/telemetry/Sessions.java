package dev.blastwall.telemetry;

import dev.blastwall.command.Client;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Sessions of alice. */
final class Sessions {

  private Sessions() {}

  static Session on(String connection) {
    return new Session(
        "s1",
        new Principal(
            "alice",
            "https://issuer.example",
            Principal.Kind.PERSON,
            List.of(),
            Map.of(),
            List.of()),
        new Connection(connection, "postgresql", "db", Map.of()),
        new Client("127.0.0.1", "psql", true),
        Instant.EPOCH,
        Instant.MAX);
  }
}
