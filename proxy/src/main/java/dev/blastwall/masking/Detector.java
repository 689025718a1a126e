package dev.blastwall.masking;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds secrets by their shape, and by their check digits where they have some, in any text. */
public enum Detector {
  /** Numbers of payment cards, with their check digit. */
  CARD_NUMBER(new CardNumbers()),
  /** International bank account numbers, with their check digits. */
  IBAN(new Ibans()),
  /** US social security numbers with their dashes. */
  US_SSN(new SocialSecurityNumbers()),
  /** A JSON Web Token in compact form (RFC 7519): its header starts with {@code {"}. */
  JWT(
      PrefixedFinder.of(
          Map.of('J', List.of("eyJ")),
          "eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]*")),
  /** Keys of clouds and forges that say what they are by a prefix. */
  CLOUD_KEY(
      PrefixedFinder.of(
          Map.of(
              'A', List.of("AKIA", "ASIA", "AIza", "AccountKey="),
              '_', List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "sk_live_"),
              '-', List.of("glpat-", "xoxa-", "xoxb-", "xoxp-", "xoxr-", "xoxs-")),
          "(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{35}|gh[pousr]_[0-9A-Za-z]{36}"
              + "|glpat-[0-9A-Za-z_-]{20}|sk_live_[0-9A-Za-z]{24}|xox[abprs]-[0-9A-Za-z-]{10,}"
              + "|AccountKey=[0-9A-Za-z+/]{86}=="));

  private final Finder finder;

  Detector(Finder finder) {
    this.finder = finder;
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
   * {@code text} with every find masked; the same text when there is none; null where the mask says
   * NULL.
   *
   * @param text bytes as characters (ISO 8859-1)
   */
  @Nullable String replaceIn(String text, Mask mask) {
    Finder.Find find = finder.next(text, 0);
    if (find == null) {
      return text;
    }
    StringBuilder masked = new StringBuilder(text.length());
    int copied = 0;
    for (; find != null; find = finder.next(text, copied)) {
      String replacement = mask.apply(text.substring(find.start(), find.end()));
      if (replacement == null) {
        return null;
      }
      masked.append(text, copied, find.start()).append(replacement);
      copied = find.end();
    }
    return masked.append(text, copied, text.length()).toString();
  }
}
