package dev.blastwall.opa;

import org.jspecify.annotations.Nullable;

/** A text. Its length is counted in code points, as OPA does. */
public final class StringValue implements Value {
  private final String text;

  public StringValue(String text) {
    this.text = text;
  }

  /**
   * A value for a name that comes again and again. It is mostly the same for the same name, so that
   * whoever looks the name up in an object finds it at once; it stays in memory, so it must not be
   * a secret.
   */
  public static StringValue name(String text) {
    return NamePool.of(text);
  }

  /** The Java string. */
  public String text() {
    return text;
  }

  /** The number of code points. */
  public int length() {
    return text.codePointCount(0, text.length());
  }

  @Override
  public Type type() {
    return Type.STRING;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StringValue string && text.equals(string.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return Json.write(this);
  }
}
