package dev.blastwall.masking;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key that makes hashes and tokens impossible to compute from a dictionary. */
public final class MaskingKey {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int WORD_BYTES = 10;

  private final SecretKeySpec key;

  private MaskingKey(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** A key for the life of this process: equal values give equal words until it ends. */
  public static MaskingKey random() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new MaskingKey(key);
  }

  /** 20 hexadecimal digits that depend on {@code purpose}, {@code text} and the key. */
  String digest(String purpose, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, WORD_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "MaskingKey[hidden]";
  }
}
