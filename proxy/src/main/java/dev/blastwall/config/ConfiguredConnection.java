package dev.blastwall.config;

import dev.blastwall.command.Connection;
import dev.blastwall.protocol.Upstream;
import java.util.Optional;

/**
 * A connection that clients can name.
 *
 * @param connection what policy sees of it
 * @param upstream where it leads and how the gateway signs in there
 * @param shadow the set of {@code policy.sets} that is asked as well and not obeyed
 */
public record ConfiguredConnection(
    Connection connection, Upstream upstream, Optional<String> shadow) {}
