package dev.blastwall.masking;

/**
 * A place in a JSON text and what to do there.
 *
 * @param path the place
 * @param mask how to change a string there
 */
public record PathMask(JsonPath path, Mask mask) {}
