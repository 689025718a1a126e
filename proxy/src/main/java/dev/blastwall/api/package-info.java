/**
 * The HTTP API for people and their tools: JSON over HTTP/1.1, with {@code Authorization: Bearer}
 * (RFC 6750) and a token of a configured issuer. Only what says nothing about people and commands
 * is for everybody on this machine: health, metrics and status.
 *
 * <p>Enters: requests. Leaves: the answers of the parts behind it. Threads: one virtual thread per
 * request, plain blocking code.
 */
@NullMarked
package dev.blastwall.api;

import org.jspecify.annotations.NullMarked;
