package dev.blastwall.yaml;

/** Reads a scalar as something with a type. */
@FunctionalInterface
public interface Parser<T> {

  /**
   * The value that {@code text} stands for.
   *
   * @throws IllegalArgumentException if it stands for none; the message says what would be right
   */
  T parse(String text);
}
