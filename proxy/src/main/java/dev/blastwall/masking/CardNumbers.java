package dev.blastwall.masking;

/**
 * 13 to 19 digits with a valid check digit (ISO/IEC 7812-1, annex B), in groups with a space or a
 * hyphen between them or in one. What follows in groups of its own, such as a date, does not
 * matter.
 */
final class CardNumbers extends RunFinder {

  private static final int FEWEST = 13;
  private static final int MOST = 19;

  CardNumbers() {
    super(FEWEST);
  }

  @Override
  boolean isPart(char c) {
    return isDigit(c);
  }

  @Override
  boolean isSeparator(char c) {
    return c == ' ' || c == '-';
  }

  @Override
  int end(String text, int start) {
    byte[] digits = new byte[MOST];
    int count = 0;
    int found = -1;
    for (int at = start; at < text.length(); at++) {
      char c = text.charAt(at);
      if (isPart(c)) {
        if (count == MOST) {
          return found;
        }
        digits[count++] = (byte) (c - '0');
        if (count >= FEWEST && endsAlone(text, at + 1) && passesLuhn(digits, count)) {
          found = at + 1;
        }
      } else if (!isSeparator(c) || isSeparator(text.charAt(at - 1))) {
        return found;
      }
    }
    return found;
  }

  private static boolean passesLuhn(byte[] digits, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      int value = digits[count - 1 - i] * (i % 2 == 0 ? 1 : 2);
      sum += value > 9 ? value - 9 : value;
    }
    return sum > 0 && sum % 10 == 0;
  }
}
