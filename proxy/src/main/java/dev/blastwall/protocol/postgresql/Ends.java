package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Upstream;
import io.netty.channel.Channel;

/**
 * The two connections of a session, on one event loop.
 *
 * @param client the client's
 * @param upstream the gateway's own to the upstream
 * @param address where the latter leads
 */
record Ends(Channel client, Channel upstream, Upstream address) {}
