package dev.blastwall.masking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that makes hashes and tokens impossible to compute from a dictionary, and tokens
 * impossible to turn back. Whoever holds it can {@link #reveal} tokens: that is the right to do so.
 */
public final class MaskingKey {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int WORD_BYTES = 10;

  private final SecretKeySpec key;
  private final FormatPreserving tokens;

  private MaskingKey(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
    // A key of its own, so that what is known of hashes tells nothing of tokens.
    tokens = new FormatPreserving(mac("format-preserving", ""));
  }

  /** A key for the life of this process: equal values give equal words until it ends. */
  public static MaskingKey random() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new MaskingKey(key);
  }

  /**
   * The key that a text is.
   *
   * @param text 64 hexadecimal digits, as {@code openssl rand -hex 32} writes them
   * @throws IllegalArgumentException when it is anything else
   */
  public static MaskingKey parse(String text) {
    String digits = text.strip();
    if (digits.length() != 2 * KEY_BYTES) {
      throw new IllegalArgumentException(
          "a masking key is 64 hexadecimal digits, as \"openssl rand -hex 32\" writes them");
    }
    return new MaskingKey(HexFormat.of().parseHex(digits));
  }

  /**
   * The key of a file.
   *
   * @throws IllegalArgumentException when the file holds none
   */
  public static MaskingKey read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /**
   * The value that a token of {@code tokenize} stands for.
   *
   * @return empty for what is no such token: too short, too long, or one that cannot be turned back
   *     ({@code tok_…})
   */
  public Optional<String> reveal(String token) {
    return tokens.decrypt(token);
  }

  /** A token in the format of {@code text}, which is kept in mind, or one without a format. */
  String token(String text) {
    String token =
        tokens.encrypt(text).orElseGet(() -> MaskedForm.TOKEN_PREFIX + digest("token", text));
    IssuedTokens.remember(token);
    return token;
  }

  /** 20 hexadecimal digits that depend on {@code purpose}, {@code text} and the key. */
  String digest(String purpose, String text) {
    return HexFormat.of().formatHex(Arrays.copyOf(mac(purpose, text), WORD_BYTES));
  }

  /** A UUID of version 8 (RFC 9562, section 5.8) that says in its first group what it is. */
  UUID identifier(String purpose, String text) {
    ByteBuffer digest = ByteBuffer.wrap(mac(purpose, text));
    long high = (long) MaskedForm.UUID_MARK << 32 | digest.getInt() & 0xFFFF_0FFFL | 0x8000L;
    long low = digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private byte[] mac(String purpose, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "MaskingKey[hidden]";
  }
}
