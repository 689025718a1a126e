/**
 * Sockets: accepting clients, reaching upstreams, TLS on both sides.
 *
 * <p>Enters: addresses, key files and the {@link dev.blastwall.protocol.Protocol} of each listener.
 * Leaves: connected channels on event loops that nothing may block. What the bytes mean is the
 * protocol's.
 */
@NullMarked
package dev.blastwall.transport;

import org.jspecify.annotations.NullMarked;
