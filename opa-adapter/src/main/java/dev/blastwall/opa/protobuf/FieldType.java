package dev.blastwall.opa.protobuf;

/** What a field of a message holds. */
public sealed interface FieldType permits MessageType, FieldType.Scalar {
  /** What is no message. */
  enum Scalar implements FieldType {
    /** Of {@code int32}, {@code int64} and {@code uint32}. */
    INTEGER,
    /** Of {@code bool}. */
    BOOL,
    /** Of {@code string}. */
    TEXT
  }
}
