/**
 * Puts the gateway together: the one place that knows how every part is made and in which order
 * they start and stop.
 *
 * <p>Enters: a configuration. Leaves: a running gateway whose listeners accept.
 */
@NullMarked
package dev.blastwall.gateway;

import org.jspecify.annotations.NullMarked;
