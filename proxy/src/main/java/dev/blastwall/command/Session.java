package dev.blastwall.command;

import java.time.Instant;

/**
 * One client connection on one {@link Connection}.
 *
 * @param id unique, sortable by time
 * @param principal who signed in
 * @param connection what they signed in to
 * @param client the program they use
 * @param started when
 * @param expires when the proof of identity ends, and the session with it
 */
public record Session(
    String id,
    Principal principal,
    Connection connection,
    Client client,
    Instant started,
    Instant expires) {}
