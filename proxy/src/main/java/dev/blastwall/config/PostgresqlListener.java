package dev.blastwall.config;

/**
 * Where PostgreSQL clients are served.
 *
 * @param address the name or address to listen at; default 127.0.0.1
 * @param port TCP port, 0 for any that is free; default 6432
 * @param tls the gateway's certificate; default {@link ConfiguredTls.SelfSigned}
 * @param cleartextOnLoopback whether clients on this machine may sign in without TLS; default false
 */
public record PostgresqlListener(
    String address, int port, ConfiguredTls tls, boolean cleartextOnLoopback) {}
