package dev.blastwall.protocol.postgresql;

import java.util.List;

/**
 * What values of a type are made of, as far as masking must know. A domain has the shape of what it
 * stands on; an enum is {@link Scalar}, because no label but its own is a value of it.
 */
sealed interface TypeShape {

  /** How deep types are followed into each other; no honest type goes further. */
  int DEEPEST = 8;

  /** Its text, in both formats, may be any text. */
  enum Text implements TypeShape {
    TEXT
  }

  /**
   * Its text must stay JSON.
   *
   * @param versioned whether the binary form has a byte in front (jsonb_recv)
   */
  record Json(boolean versioned) implements TypeShape {}

  /** 16 bytes. */
  enum Identifier implements TypeShape {
    UUID
  }

  /** Days, or microseconds, since 2000-01-01 in binary form. */
  enum Time implements TypeShape {
    DATE,
    TIMESTAMP
  }

  /**
   * Elements of one type, in any number of dimensions.
   *
   * @param element the shape of each
   * @param delimiter what stands between them in text form
   */
  record Array(TypeShape element, char delimiter) implements TypeShape {}

  /**
   * A row.
   *
   * @param fields the shape of each field that is not dropped, in order; empty where only the
   *     binary form tells
   */
  record Composite(List<TypeShape> fields) implements TypeShape {
    public Composite {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Two bounds.
   *
   * @param bound the shape of each
   */
  record Range(TypeShape bound) implements TypeShape {}

  /** It holds no text at all, or none that could be changed: only NULL fits in its place. */
  enum Scalar implements TypeShape {
    SCALAR
  }

  /** It may hold text inside, in a form that is not known. */
  enum Opaque implements TypeShape {
    OPAQUE
  }
}
