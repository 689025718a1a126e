package dev.blastwall.opa.builtin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Base64 with padding (RFC 4648), as Go decodes it: line ends are skipped, and a failure says
 * where.
 */
final class GoBase64 {
  private static final String COMMON =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String STANDARD = COMMON + "+/";
  private static final String URL = COMMON + "-_";

  private final String alphabet;
  private final byte[] text;
  private final ByteArrayOutputStream out;
  private int at;

  private GoBase64(String alphabet, String text) {
    this.alphabet = alphabet;
    this.text = text.getBytes(StandardCharsets.UTF_8);
    this.out = new ByteArrayOutputStream(text.length() * 3 / 4 + 3);
  }

  static byte[] decode(String text) {
    return new GoBase64(STANDARD, text).decode();
  }

  /** The URL alphabet; the padding may be left out (RFC 7515, appendix C). */
  static byte[] decodeUrl(String text) {
    String padded = text;
    if (!text.endsWith("=")) {
      int rest = text.getBytes(StandardCharsets.UTF_8).length % 4;
      if (rest == 1) {
        throw BuiltinFailure.failed("illegal base64url string: " + text);
      }
      padded = text + "=".repeat((4 - rest) % 4);
    }
    return new GoBase64(URL, padded).decode();
  }

  private byte[] decode() {
    boolean goesOn = true;
    while (goesOn) {
      goesOn = quantum();
    }
    return out.toByteArray();
  }

  /** Four characters; whether more may follow. */
  private boolean quantum() {
    int bits = 0;
    for (int i = 0; i < 4; i++) {
      skipLineEnds();
      if (at == text.length) {
        if (i == 0) {
          return false;
        }
        throw corrupt(at - i);
      }
      int digit = alphabet.indexOf(text[at++]);
      if (digit < 0) {
        padding(i);
        write(bits << 6 * (4 - i), i - 1);
        return false;
      }
      bits = bits << 6 | digit;
    }
    write(bits, 3);
    return true;
  }

  private void padding(int digits) {
    if (text[at - 1] != '=' || digits < 2) {
      throw corrupt(at - 1);
    }
    if (digits == 2) {
      skipLineEnds();
      if (at == text.length) {
        throw corrupt(text.length);
      }
      if (text[at++] != '=') {
        throw corrupt(at - 2);
      }
    }
    skipLineEnds();
    if (at < text.length) {
      throw corrupt(at);
    }
  }

  private void skipLineEnds() {
    while (at < text.length && (text[at] == '\n' || text[at] == '\r')) {
      at++;
    }
  }

  private void write(int bits, int count) {
    for (int i = 0; i < count; i++) {
      out.write(bits >> 16 - 8 * i);
    }
  }

  private static BuiltinFailure corrupt(int position) {
    return BuiltinFailure.failed("illegal base64 data at input byte " + position);
  }
}
