/**
 * What a gateway counts about itself, in Micrometer.
 *
 * <p>Enters: what goes through the gate and to policy, both wrapped and not changed. Leaves: meters
 * ({@link dev.blastwall.telemetry.GatewayMeter}). Their labels are names of the configuration and
 * words of this program, never anything that a client sent. Everything that a session needs is
 * looked up when it begins; after that an event loop adds to numbers and does nothing else.
 */
@NullMarked
package dev.blastwall.telemetry;

import org.jspecify.annotations.NullMarked;
