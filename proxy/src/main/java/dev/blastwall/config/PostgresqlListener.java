package dev.blastwall.config;

import java.time.Duration;

/**
 * Where PostgreSQL clients are served.
 *
 * @param address the name or address to listen at; default 127.0.0.1
 * @param port TCP port, 0 for any that is free; default 6432
 * @param tls the gateway's certificate; default {@link ConfiguredTls.SelfSigned}
 * @param cleartextOnLoopback whether clients on this machine may sign in without TLS; default false
 * @param signIn how clients prove who they are; default {@link ConfiguredSignIn.Password}
 * @param signInTimeout how long that takes at most, the upstream's part included; default 60s
 */
public record PostgresqlListener(
    String address,
    int port,
    ConfiguredTls tls,
    boolean cleartextOnLoopback,
    ConfiguredSignIn signIn,
    Duration signInTimeout) {}
