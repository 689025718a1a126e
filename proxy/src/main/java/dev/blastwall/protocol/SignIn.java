package dev.blastwall.protocol;

import dev.blastwall.command.Client;
import org.jspecify.annotations.Nullable;

/**
 * What a client presents and what it wants.
 *
 * @param protocol the protocol's name, for example {@code postgresql}
 * @param connection the name of the connection
 * @param database the database on it that the client asks for, or null for the connection's own
 * @param credential who it says it is
 * @param client the program at the other end
 */
public record SignIn(
    String protocol,
    String connection,
    @Nullable String database,
    Credential credential,
    Client client) {}
