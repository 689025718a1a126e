package dev.blastwall.recorder;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 with the domain tags of FORMAT.md: bytes hashed for one purpose can't be passed off for
 * another.
 */
final class Hashes {

  static final int LENGTH = 32;
  static final byte[] NONE = new byte[LENGTH];

  static final byte[] RECORD = tag("blastwall/record/1");
  static final byte[] SEGMENT = tag("blastwall/segment/1");
  static final byte[] LEDGER = tag("blastwall/ledger/1");
  private static final byte[] LEDGER_LINK = tag("blastwall/ledger-link/1");

  private Hashes() {}

  private static byte[] tag(String name) {
    return (name + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static byte[] of(byte[] bytes) {
    return sha256().digest(bytes);
  }

  static byte[] ledgerLink(byte[] body, byte[] signature) {
    var digest = sha256();
    digest.update(LEDGER_LINK);
    digest.update(body);
    return digest.digest(signature);
  }
}
