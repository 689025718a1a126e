/**
 * The world around the gateway for {@code blastwall demo} and for tests: a real PostgreSQL with a
 * small shop in it, and an issuer that gives tokens to four users who exist only here.
 *
 * <p>Listens on loopback only, and leaves nothing behind. Never part of a gateway in service.
 */
@NullMarked
package dev.blastwall.demo;

import org.jspecify.annotations.NullMarked;
