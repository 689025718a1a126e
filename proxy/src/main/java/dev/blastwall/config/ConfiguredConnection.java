package dev.blastwall.config;

import dev.blastwall.command.Connection;
import dev.blastwall.protocol.Upstream;

/**
 * A connection that clients can name.
 *
 * @param connection what policy sees of it
 * @param upstream where it leads and how the gateway signs in there
 */
public record ConfiguredConnection(Connection connection, Upstream upstream) {}
