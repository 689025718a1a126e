/**
 * Protocol Buffers as values: in comes a message in the binary encoding, out goes the object that
 * the same document is in JSON.
 *
 * <p>Messages are described by hand ({@link dev.blastwall.opa.protobuf.MessageType}), no code is
 * generated. Follows the encoding page of Protocol Buffers' documentation, edition 2023; stricter
 * than it in one thing: a field that comes twice is refused instead of merged.
 */
@NullMarked
package dev.blastwall.opa.protobuf;

import org.jspecify.annotations.NullMarked;
