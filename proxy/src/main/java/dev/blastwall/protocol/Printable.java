package dev.blastwall.protocol;

/** Text of strangers as it may stand on a terminal: it must neither steer it nor hide a part. */
public final class Printable {

  private static final int REPLACEMENT = 0xFFFD;

  private Printable() {}

  /**
   * The text with U+FFFD for each control character but line feed and tab, and for what is not seen
   * but changes what is, such as the order of letters (general categories Cc and Cf).
   */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().map(c -> isSafe(c) ? c : REPLACEMENT).forEach(safe::appendCodePoint);
    return safe.toString();
  }

  private static boolean isSafe(int c) {
    return c == '\n'
        || c == '\t'
        || (!Character.isISOControl(c) && Character.getType(c) != Character.FORMAT);
  }
}
