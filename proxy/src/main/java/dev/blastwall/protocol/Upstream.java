package dev.blastwall.protocol;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection leads and the gateway's own credential for it, which no client ever sees.
 *
 * @param host name or address
 * @param port TCP port
 * @param user the gateway's user there
 * @param password the gateway's password there
 * @param database the database to open, or null where the protocol has none
 * @param tls whether and how the upstream's certificate is checked
 * @param authorities a PEM file of whom its certificate must come from; null for those that the JVM
 *     trusts
 */
public record Upstream(
    String host,
    int port,
    String user,
    Secret password,
    @Nullable String database,
    Tls tls,
    @Nullable Path authorities) {

  /** How the connection to an upstream is encrypted. */
  public enum Tls {
    /** Not at all. */
    DISABLE,
    /** Encrypted, certificate and host name checked; anything less is an error. */
    VERIFY_FULL
  }
}
