package dev.blastwall.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a command's digest covers: each text as a 4-byte big-endian length and its UTF-8,
 * NULL as the length -1, so that no two different sequences of texts give the same bytes.
 */
public final class CanonicalForm {

  private static final int NULL_LENGTH = -1;

  private final MessageDigest sha256;
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);

  CanonicalForm() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Adds a text. */
  public CanonicalForm text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    count(utf8.length);
    sha256.update(utf8);
    return this;
  }

  /** Adds a text or its absence. */
  public CanonicalForm textOrNull(@Nullable String text) {
    return text == null ? count(NULL_LENGTH) : text(text);
  }

  /** Adds a number of things that follow. */
  public CanonicalForm count(int count) {
    sha256.update(length.clear().putInt(count).flip());
    return this;
  }

  String digest() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
