package dev.blastwall.opa;

/** True or false; there is one of each, so they may be compared by identity. */
public final class BooleanValue implements Value {
  public static final BooleanValue FALSE = new BooleanValue();
  public static final BooleanValue TRUE = new BooleanValue();

  private BooleanValue() {}

  /** The value for a Java boolean. */
  public static BooleanValue of(boolean value) {
    return value ? TRUE : FALSE;
  }

  @Override
  public Type type() {
    return Type.BOOLEAN;
  }

  @Override
  public String toString() {
    return this == TRUE ? "true" : "false";
  }
}
