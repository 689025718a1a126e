package dev.blastwall.opa.builtin;

/** The text of an IPv6 address (RFC 5952). */
final class Ipv6Text {
  private Ipv6Text() {}

  /** Of two equal runs of zeros the first is left out, and never a single zero. */
  static String of(int[] groups) {
    int start = -1;
    int length = 1;
    for (int i = 0; i < groups.length; i++) {
      int zeros = zerosFrom(groups, i);
      if (zeros > length) {
        start = i;
        length = zeros;
      }
    }
    if (start < 0) {
      return join(groups, 0, groups.length);
    }
    return join(groups, 0, start) + "::" + join(groups, start + length, groups.length);
  }

  private static int zerosFrom(int[] groups, int start) {
    int end = start;
    while (end < groups.length && groups[end] == 0) {
      end++;
    }
    return end - start;
  }

  private static String join(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
