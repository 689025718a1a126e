package dev.blastwall.opa;

/** JSON's null; there is one. */
public final class NullValue implements Value {
  /** The one null. */
  public static final NullValue NULL = new NullValue();

  private NullValue() {}

  @Override
  public Type type() {
    return Type.NULL;
  }

  @Override
  public String toString() {
    return "null";
  }
}
