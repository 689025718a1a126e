package dev.blastwall.protocol;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection leads and the gateway's own credential for it, which no client ever sees.
 *
 * @param addresses the servers that can serve it, at least one; the first that answers does
 * @param target which of them will do
 * @param patience how long one of them may take to let the gateway in, and how long it may leave
 *     what was sent to it unacknowledged before it counts as dead
 * @param user the gateway's user there
 * @param password the gateway's password there
 * @param database the database to open, or null where the protocol has none
 * @param tls whether and how the upstream's certificate is checked
 * @param authorities a PEM file of whom its certificate must come from; null for those that the JVM
 *     trusts
 */
public record Upstream(
    List<Address> addresses,
    Target target,
    Patience patience,
    String user,
    Secret password,
    @Nullable String database,
    Tls tls,
    @Nullable Path authorities) {

  public Upstream {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("an upstream has an address");
    }
  }

  /** One server, whatever its role, with the usual patience. */
  public Upstream(
      String host,
      int port,
      String user,
      Secret password,
      @Nullable String database,
      Tls tls,
      @Nullable Path authorities) {
    this(
        List.of(new Address(host, port)),
        Target.ANY,
        Patience.USUAL,
        user,
        password,
        database,
        tls,
        authorities);
  }

  /**
   * Where a server listens.
   *
   * @param host name or address
   * @param port TCP port
   */
  public record Address(String host, int port) {}

  /** Which of several servers will do. */
  public enum Target {
    /** The first that lets the gateway in. */
    ANY,
    /** The first that lets the gateway in and is no replica of another. */
    PRIMARY
  }

  /**
   * How long to wait for a server.
   *
   * @param connect from the first packet until it has let the gateway in
   * @param unacknowledged how long it may leave packets without an answer of its kernel
   */
  public record Patience(Duration connect, Duration unacknowledged) {

    /** What holds where nothing else is configured. */
    public static final Patience USUAL =
        new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60));
  }

  /** How the connection to an upstream is encrypted. */
  public enum Tls {
    /** Not at all. */
    DISABLE,
    /** Encrypted, certificate and host name checked; anything less is an error. */
    VERIFY_FULL
  }

  /** The host of the first address. */
  public String host() {
    return addresses.getFirst().host();
  }

  /** The port of the first address. */
  public int port() {
    return addresses.getFirst().port();
  }

  /** The same with no other server than this. */
  public Upstream at(Address address) {
    return new Upstream(
        List.of(address), target, patience, user, password, database, tls, authorities);
  }

  /** The same with another database. */
  public Upstream on(String other) {
    return new Upstream(addresses, target, patience, user, password, other, tls, authorities);
  }
}
