package dev.blastwall.masking;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Format-preserving encryption: digits become digits, letters letters of their case, and all else
 * stays where it is. The values of one format are numbered, and the number is encrypted by FF1
 * (NIST SP 800-38G rev. 1) over its bits; a result that numbers no value is encrypted again (cycle
 * walking), so the whole is one permutation and no part of a value can be attacked alone.
 */
final class FormatPreserving {

  /** The least number of values that SP 800-38G rev. 1, section 5.1, lets FF1 encrypt. */
  private static final BigInteger FEWEST = BigInteger.valueOf(1_000_000);

  private static final int MOST_BITS = 512;
  private static final int RADIX = 2;

  private final byte[] key;

  /**
   * An encryption.
   *
   * @param key 32 bytes, for AES
   */
  FormatPreserving(byte[] key) {
    this.key = key.clone();
  }

  /** The token of {@code text}; empty when its format has too few values, or far too many. */
  Optional<String> encrypt(String text) {
    return mapped(text, true);
  }

  /** The text whose token is {@code token}; empty when no text has one of that format. */
  Optional<String> decrypt(String token) {
    return mapped(token, false);
  }

  private Optional<String> mapped(String text, boolean forEncryption) {
    if (!text.codePoints().allMatch(FormatPreserving::isKnown)) {
      return Optional.empty();
    }
    BigInteger values = BigInteger.ONE;
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < text.length() && values.bitLength() <= MOST_BITS; i++) {
      BigInteger radix = BigInteger.valueOf(radix(text.charAt(i)));
      values = values.multiply(radix);
      number = number.multiply(radix).add(BigInteger.valueOf(digit(text.charAt(i))));
    }
    if (values.compareTo(FEWEST) < 0 || values.bitLength() > MOST_BITS) {
      return Optional.empty();
    }
    BigInteger mapped = walk(number, values, permutation(text, values, forEncryption));
    return Optional.of(written(mapped, text));
  }

  /** Letters and digits of other scripts would stay as they are, and so would be shown. */
  private static boolean isKnown(int character) {
    return character < 0x80 || !Character.isLetterOrDigit(character);
  }

  private static BigInteger walk(
      BigInteger from, BigInteger values, UnaryOperator<BigInteger> permutation) {
    BigInteger number = permutation.apply(from);
    while (number.compareTo(values) >= 0) {
      number = permutation.apply(number);
    }
    return number;
  }

  private UnaryOperator<BigInteger> permutation(
      String text, BigInteger values, boolean forEncryption) {
    int bits = values.subtract(BigInteger.ONE).bitLength();
    FPEFF1Engine engine = new FPEFF1Engine();
    engine.init(forEncryption, new FPEParameters(new KeyParameter(key), RADIX, tweak(text)));
    return number -> {
      byte[] numerals = new byte[bits];
      for (int i = 0; i < bits; i++) {
        numerals[i] = (byte) (number.testBit(bits - 1 - i) ? 1 : 0);
      }
      byte[] mapped = new byte[bits];
      engine.processBlock(numerals, 0, bits, mapped, 0);
      BigInteger result = BigInteger.ZERO;
      for (byte bit : mapped) {
        result = result.shiftLeft(1).or(BigInteger.valueOf(bit));
      }
      return result;
    };
  }

  /** The format: values of two formats have nothing to do with each other. */
  private static byte[] tweak(String text) {
    StringBuilder format = new StringBuilder(text.length());
    text.chars().forEach(c -> format.append(sample(c)));
    return format.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static char sample(int c) {
    return (char) (c - digit(c));
  }

  private static String written(BigInteger number, String format) {
    char[] text = format.toCharArray();
    BigInteger rest = number;
    for (int i = text.length - 1; i >= 0; i--) {
      BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(radix(text[i])));
      text[i] += (char) (parts[1].intValue() - digit(text[i]));
      rest = parts[0];
    }
    return new String(text);
  }

  private static int radix(int c) {
    return isDigit(c) ? 10 : isUpper(c) || isLower(c) ? 26 : 1;
  }

  private static int digit(int c) {
    return isDigit(c) ? c - '0' : isUpper(c) ? c - 'A' : isLower(c) ? c - 'a' : 0;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isUpper(int c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isLower(int c) {
    return c >= 'a' && c <= 'z';
  }
}
