package dev.blastwall.command;

/**
 * The program at the other end, as far as the wire tells.
 *
 * @param address its address, without the port
 * @param application what it calls itself; untrusted
 * @param tls whether its bytes are encrypted
 */
public record Client(String address, String application, boolean tls) {}
