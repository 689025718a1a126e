package dev.blastwall.masking;

/** US social security numbers with their dashes; areas that are never issued do not count. */
final class SocialSecurityNumbers extends RunFinder {

  private static final String FORM = "000-00-0000";

  SocialSecurityNumbers() {
    super(FORM.length());
  }

  @Override
  boolean isPart(char c) {
    return isDigit(c);
  }

  @Override
  boolean isSeparator(char c) {
    return c == '-';
  }

  @Override
  int end(String text, int start) {
    int end = start + FORM.length();
    if (end > text.length() || !endsAlone(text, end)) {
      return -1;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char c = text.charAt(start + i);
      if (FORM.charAt(i) == '-' ? c != '-' : !isDigit(c)) {
        return -1;
      }
    }
    String area = text.substring(start, start + 3);
    boolean issued = !area.equals("000") && !area.equals("666") && area.charAt(0) != '9';
    return issued ? end : -1;
  }
}
