package dev.blastwall.masking;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets by their shape, wherever they stand in a text. Patterns run in linear time (RE2),
 * and only on texts that hold the bytes a find needs.
 */
public enum Detector {
  /** 13 to 19 digits with a valid check digit (ISO/IEC 7812-1, annex B), spaced or not. */
  CARD_NUMBER("[0-9](?:[ -]?[0-9]){12,18}", text -> digits(text) >= 13, Detector::passesLuhn),
  /** A US social security number with its dashes; areas that are never issued do not count. */
  US_SSN("[0-9]{3}-[0-9]{2}-[0-9]{4}", text -> digits(text) >= 9, Detector::isIssuedSsn),
  /** A JSON Web Token in compact form (RFC 7519): its header starts with {@code {"}. */
  JWT(
      "eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]*",
      text -> contains(text, 'e', 'y', 'J'),
      found -> true),
  /** Keys of clouds and forges that say what they are by a prefix. */
  CLOUD_KEY(
      "(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{35}|gh[pousr]_[0-9A-Za-z]{36}"
          + "|glpat-[0-9A-Za-z_-]{20}|sk_live_[0-9A-Za-z]{24}|xox[abprs]-[0-9A-Za-z-]{10,}"
          + "|AccountKey=[0-9A-Za-z+/]{86}==",
      text -> text.length >= 16,
      found -> true);

  private final Pattern pattern;
  private final Predicate<byte[]> worthLooking;
  private final Predicate<String> confirms;

  Detector(String pattern, Predicate<byte[]> worthLooking, Predicate<String> confirms) {
    this.pattern = Pattern.compile(pattern);
    this.worthLooking = worthLooking;
    this.confirms = confirms;
  }

  private static final Map<String, Detector> BY_WORD =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Detector::word, Function.identity()));

  /** The detector that policy calls {@code word}, for example {@code card_number}. */
  public static Optional<Detector> named(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** The word of policy for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@code utf8} with every find masked; the same array when there is none; null where the mask
   * says NULL.
   */
  byte @Nullable [] replaceIn(byte[] utf8, Mask mask) {
    if (!worthLooking.test(utf8)) {
      return utf8;
    }
    String text = new String(utf8, StandardCharsets.UTF_8);
    Matcher matcher = pattern.matcher(text);
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    for (int from = 0; matcher.find(from); ) {
      if (!standsAlone(text, matcher) || !confirms.test(matcher.group())) {
        // A longer run may hide a find that begins one character later.
        from = matcher.start() + 1;
        continue;
      }
      String replacement = mask.apply(matcher.group());
      if (replacement == null) {
        return null;
      }
      masked.append(text, copied, matcher.start()).append(replacement);
      copied = matcher.end();
      from = copied;
    }
    return copied == 0
        ? utf8
        : masked.append(text, copied, text.length()).toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A run of digits that goes on left or right is another number. */
  private static boolean standsAlone(String text, Matcher found) {
    return !(isDigit(text, found.start()) && isDigit(text, found.start() - 1))
        && !(isDigit(text, found.end() - 1) && isDigit(text, found.end()));
  }

  private static boolean isDigit(String text, int index) {
    return index >= 0 && index < text.length() && isDigit(text.charAt(index));
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static int digits(byte[] text) {
    int digits = 0;
    for (byte b : text) {
      if (isDigit(b)) {
        digits++;
      }
    }
    return digits;
  }

  private static boolean contains(byte[] text, char first, char second, char third) {
    for (int i = 0; i + 2 < text.length; i++) {
      if (text[i] == first && text[i + 1] == second && text[i + 2] == third) {
        return true;
      }
    }
    return false;
  }

  private static boolean passesLuhn(String found) {
    int sum = 0;
    boolean twice = false;
    for (int i = found.length() - 1; i >= 0; i--) {
      if (isDigit(found.charAt(i))) {
        int value = (found.charAt(i) - '0') * (twice ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
        twice = !twice;
      }
    }
    return sum > 0 && sum % 10 == 0;
  }

  private static boolean isIssuedSsn(String found) {
    String area = found.substring(0, 3);
    return !area.equals("000") && !area.equals("666") && area.charAt(0) != '9';
  }
}
