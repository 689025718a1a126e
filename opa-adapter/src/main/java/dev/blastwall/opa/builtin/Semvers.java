package dev.blastwall.opa.builtin;

import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Versions by Semantic Versioning 2.0, with OPA's leave for a leading v. Own code: a library would
 * accept other edges, such as numbers beyond 64 bits.
 */
final class Semvers {
  private static final String NUMBER = "(0|[1-9][0-9]{0,18})";
  private static final String IDENTIFIERS = "([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)";
  private static final Pattern VERSION =
      Pattern.compile(
          "v?"
              + NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(?:-"
              + IDENTIFIERS
              + ")?(?:\\+"
              + IDENTIFIERS
              + ")?");
  private static final Pattern LEADING_ZERO = Pattern.compile("(?:^|.*\\.)0[0-9]+(?:\\..*|$)");

  private Semvers() {}

  private record Version(long major, long minor, long patch, String preRelease)
      implements Comparable<Version> {
    static @Nullable Version parse(String text) {
      Matcher parts = VERSION.matcher(text);
      if (!parts.matches()) {
        return null;
      }
      String preRelease = parts.group(4) == null ? "" : parts.group(4);
      if (LEADING_ZERO.matcher(preRelease).matches()) {
        return null;
      }
      try {
        return new Version(
            Long.parseLong(parts.group(1)),
            Long.parseLong(parts.group(2)),
            Long.parseLong(parts.group(3)),
            preRelease);
      } catch (NumberFormatException e) {
        return null;
      }
    }

    @Override
    public int compareTo(Version other) {
      int order = Long.compare(major, other.major);
      order = order != 0 ? order : Long.compare(minor, other.minor);
      order = order != 0 ? order : Long.compare(patch, other.patch);
      return order != 0 ? order : comparePreReleases(preRelease, other.preRelease);
    }

    private static int comparePreReleases(String a, String b) {
      if (a.isEmpty() || b.isEmpty()) {
        return Boolean.compare(a.isEmpty(), b.isEmpty());
      }
      String[] left = a.split("\\.");
      String[] right = b.split("\\.");
      for (int i = 0; i < Math.min(left.length, right.length); i++) {
        int order = compareIdentifiers(left[i], right[i]);
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(left.length, right.length);
    }

    private static int compareIdentifiers(String a, String b) {
      boolean aIsNumber = isNumber(a);
      boolean bIsNumber = isNumber(b);
      if (aIsNumber != bIsNumber) {
        return aIsNumber ? -1 : 1;
      }
      // Numbers have no leading zeros, so the longer one is the larger.
      return aIsNumber && a.length() != b.length()
          ? Integer.compare(a.length(), b.length())
          : Integer.signum(a.compareTo(b));
    }

    private static boolean isNumber(String identifier) {
      return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }
  }

  static void register(Builtins.Registry registry) {
    registry.unary(
        "semver.is_valid",
        (context, text) ->
            Value.of(text instanceof StringValue string && Version.parse(string.text()) != null));
    registry.binary(
        "semver.compare",
        (context, a, b) -> {
          String left = Operands.string(a, 1);
          String right = Operands.string(b, 2);
          return Value.of(version(left, 1).compareTo(version(right, 2)));
        });
  }

  private static Version version(String text, int position) {
    Version version = Version.parse(text);
    if (version == null) {
      throw BuiltinFailure.failed(
          "operand " + position + ": string " + RegoText.quoted(text) + " is not a valid SemVer");
    }
    return version;
  }
}
