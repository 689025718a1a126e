package dev.blastwall.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a command's digest covers: each text as a 4-byte big-endian length and its UTF-8,
 * NULL as the length -1, so that no two different sequences of texts give the same bytes.
 */
public final class CanonicalForm {

  private static final int NULL_LENGTH = -1;
  private static final int TYPICAL_BYTES = 256;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);

  CanonicalForm() {}

  /** Adds a text. */
  public CanonicalForm text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    count(utf8.length);
    bytes.writeBytes(utf8);
    return this;
  }

  /** Adds a text or its absence. */
  public CanonicalForm textOrNull(@Nullable String text) {
    return text == null ? count(NULL_LENGTH) : text(text);
  }

  /** Adds a number of things that follow. */
  public CanonicalForm count(int count) {
    bytes.write(count >>> 24);
    bytes.write(count >>> 16);
    bytes.write(count >>> 8);
    bytes.write(count);
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
