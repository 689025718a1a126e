package dev.blastwall.protocol;

/**
 * A token or a password. Its text never shows in a log, an error or a recording.
 *
 * @param value the text itself
 */
public record Secret(String value) {

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
