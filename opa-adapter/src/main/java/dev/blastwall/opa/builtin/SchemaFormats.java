package dev.blastwall.opa.builtin;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.function.Predicate;

/** The formats of JSON Schema, as Go's library reads the texts in question. */
final class SchemaFormats {
  private static final int MAX_HOST = 255;
  private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9\\-]{0,61}[a-zA-Z0-9])?";
  private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final Pattern TEMPLATE_PATH = Pattern.compile("(?:[^{]*(?:\\{[^}]*\\})?)*");
  private static final Pattern UUID =
      Pattern.compile("(?i)[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}");
  private static final String STEPS = "(?:/(?:[^~/]|~0|~1)*)*";
  private static final Pattern POINTER = Pattern.compile(STEPS);
  private static final Pattern RELATIVE_POINTER =
      Pattern.compile("(?:0|[1-9][0-9]*)(?:#|" + STEPS + ")");

  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-\\x{80}-\\x{10ffff}]+";
  private static final String DOTTED = ATOM + "(?:\\." + ATOM + ")*";
  private static final String QUOTED = "\"(?:[^\"\\\\\\x00-\\x08\\x0a-\\x1f\\x7f]|\\\\[ -~\\t])*\"";
  private static final String ADDRESS = "(?:" + DOTTED + "|" + QUOTED + ")@" + DOTTED;
  private static final String WORD =
      "(?:[" + ATOM.substring(1, ATOM.length() - 2) + ".]+|" + QUOTED + ")";

  /** RFC 5322, section 3.4, without comments, groups and addresses of hosts by number. */
  private static final Pattern MAILBOX =
      Pattern.compile(
          "[ \\t]*(?:" + ADDRESS + "|(?:" + WORD + "[ \\t]*)*<" + ADDRESS + ">)[ \\t]*");

  private static final String DATE = "2006-01-02";
  private static final String TIME = "15:04:05";
  private static final String ZONED_TIME = "15:04:05Z07:00";

  private static final Map<String, Predicate<String>> FORMATS =
      Map.ofEntries(
          Map.entry("date", text -> isTime(text, DATE)),
          Map.entry("time", text -> isTime(text, ZONED_TIME, TIME)),
          Map.entry(
              "date-time", text -> isTime(text, TIME, ZONED_TIME, DATE, DATE + "T" + ZONED_TIME)),
          Map.entry("hostname", text -> text.length() <= MAX_HOST && HOST.matches(text)),
          Map.entry("email", MAILBOX::matches),
          Map.entry("idn-email", MAILBOX::matches),
          Map.entry("ipv4", text -> text.contains(".") && IpNetwork.ofAddress(text) != null),
          Map.entry("ipv6", text -> text.contains(":") && IpNetwork.ofAddress(text) != null),
          Map.entry("uri", text -> isUri(text, url -> !url.scheme().isEmpty())),
          Map.entry("uri-reference", text -> isUri(text, url -> true)),
          Map.entry("iri", text -> isUri(text, url -> !url.scheme().isEmpty())),
          Map.entry("iri-reference", text -> isUri(text, url -> true)),
          Map.entry("uri-template", text -> isUri(text, url -> TEMPLATE_PATH.matches(url.path()))),
          Map.entry("uuid", UUID::matches),
          Map.entry("regex", SchemaFormats::isRegex),
          Map.entry("json-pointer", POINTER::matches),
          Map.entry("relative-json-pointer", RELATIVE_POINTER::matches));

  private SchemaFormats() {}

  /** Whether a text is of a format; every text is of a format that is not known. */
  static boolean matches(String format, String text) {
    return FORMATS.getOrDefault(format, any -> true).test(text);
  }

  private static boolean isTime(String text, String... layouts) {
    for (String layout : layouts) {
      try {
        GoTimeParser.parse(layout, text);
        return true;
      } catch (BuiltinFailure e) {
        // It may be of the next layout.
      }
    }
    return false;
  }

  private static boolean isUri(String text, Predicate<GoUrl> demand) {
    try {
      return !text.contains("\\") && demand.test(GoUrl.parse(text));
    } catch (BuiltinFailure e) {
      return false;
    }
  }

  private static boolean isRegex(String text) {
    try {
      return Pattern.compile(text).pattern().equals(text);
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
