package dev.blastwall.protocol.postgresql;

import org.jspecify.annotations.Nullable;

/** Changes values that are not made of others. */
interface LeafMasks {

  /** For a type whose text may be any text, or null when its values pass as they are. */
  @Nullable ValueMask text();

  /** For JSON text. */
  @Nullable ValueMask json();

  /** For a UUID. */
  @Nullable ValueMask identifier(boolean binary);

  /** For a date or a timestamp. */
  @Nullable ValueMask time(TypeShape.Time time, boolean binary);

  /** For a type that holds no text. */
  @Nullable ValueMask scalar();

  /** For a type that may hold text, nobody knows how. */
  @Nullable ValueMask opaque();
}
