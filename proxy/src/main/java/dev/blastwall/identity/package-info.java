/**
 * Who is at the door. A token enters, a {@link dev.blastwall.command.Principal} leaves, or the
 * reason why not.
 *
 * <p>Follows RFC 7515, 7517 and 7519 (JOSE), RFC 8725 (best practice), RFC 9068 (access tokens),
 * RFC 8693, section 4.1 ({@code act}), and OpenID Connect Discovery 1.0. Where a specification
 * leaves room, the stricter reading holds, because what is refused here can be asked for again, and
 * what is let in cannot be called back.
 *
 * <p>The text of a token stays in this package: no log line, message or exception carries it or any
 * part of it that its signature has not proved.
 */
@NullMarked
package dev.blastwall.identity;

import org.jspecify.annotations.NullMarked;
