package dev.blastwall.masking;

/**
 * International bank account numbers (ISO 13616): a country, two check digits by which the whole is
 * 1 modulo 97 (ISO 7064), and 11 to 30 digits or capitals; with single spaces or without.
 */
final class Ibans extends RunFinder {

  private static final int FEWEST = 15;
  private static final int MOST = 34;
  private static final int MODULUS = 97;

  /** Country and check digits, which count behind the rest. */
  private static final int HEAD = 4;

  Ibans() {
    super(FEWEST);
  }

  @Override
  boolean isPart(char c) {
    return isDigit(c) || isCapital(c);
  }

  @Override
  boolean isSeparator(char c) {
    return c == ' ';
  }

  @Override
  int end(String text, int start) {
    if (!hasHead(text, start)) {
      return -1;
    }
    StringBuilder number = new StringBuilder(MOST);
    int found = -1;
    for (int at = start; at < text.length(); at++) {
      char c = text.charAt(at);
      if (isPart(c)) {
        if (number.length() == MOST) {
          return found;
        }
        number.append(c);
        if (number.length() >= FEWEST && endsAlone(text, at + 1) && checks(number)) {
          found = at + 1;
        }
      } else if (!isSeparator(c) || isSeparator(text.charAt(at - 1))) {
        return found;
      }
    }
    return found;
  }

  private static boolean hasHead(String text, int start) {
    return start + HEAD < text.length()
        && isCapital(text.charAt(start))
        && isCapital(text.charAt(start + 1))
        && isDigit(text.charAt(start + 2))
        && isDigit(text.charAt(start + 3));
  }

  private static boolean checks(CharSequence number) {
    int remainder = 0;
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt((i + HEAD) % number.length());
      remainder =
          isDigit(c)
              ? (remainder * 10 + c - '0') % MODULUS
              : (remainder * 100 + c - 'A' + 10) % MODULUS;
    }
    return remainder == 1;
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
