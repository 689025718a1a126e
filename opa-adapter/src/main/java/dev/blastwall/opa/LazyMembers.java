package dev.blastwall.opa;

/**
 * Where the values of an object or array come from that nobody has read yet. Each is asked for once
 * and kept, so that a part of a document is always the same object.
 */
interface LazyMembers {
  /** Makes the value at a position. */
  Value make(int position);
}
