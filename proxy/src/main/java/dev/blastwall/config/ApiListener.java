package dev.blastwall.config;

/**
 * Where the control API is served.
 *
 * @param address the loopback name or address to listen at, since it has no TLS of its own; default
 *     127.0.0.1
 * @param port TCP port, 0 for any that is free; default 8642
 */
public record ApiListener(String address, int port) {}
