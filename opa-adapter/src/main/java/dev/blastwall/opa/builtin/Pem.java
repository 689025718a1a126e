package dev.blastwall.opa.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of PEM (RFC 7468).
 *
 * @param type what stands behind BEGIN
 * @param der the content
 * @param rest the text behind the block
 */
record Pem(String type, byte[] der, String rest) {
  private static final Pattern BEGIN =
      Pattern.compile("(?:^|\\n)-----BEGIN ([^\\n]*?)-----[ \\t]*\\r?\\n");

  /** The first block of a text; null if there is none. */
  static @Nullable Pem first(String text) {
    Matcher begin = BEGIN.matcher(text);
    int from = 0;
    while (begin.find(from)) {
      Pem block = read(text, begin.group(1), begin.end());
      if (block != null) {
        return block;
      }
      from = begin.end() - 1;
    }
    return null;
  }

  private static @Nullable Pem read(String text, String type, int bodyStart) {
    String endLine = "-----END " + type + "-----";
    int end = text.indexOf(endLine, bodyStart);
    if (end < 0) {
      return null;
    }
    try {
      byte[] der = GoBase64.decode(withoutHeaders(text.substring(bodyStart, end)).replace(" ", ""));
      return new Pem(type, der, behindLine(text, end + endLine.length()));
    } catch (BuiltinFailure e) {
      return null;
    }
  }

  private static String withoutHeaders(String body) {
    int blank = body.indexOf("\n\n");
    return body.contains(":") && blank >= 0 ? body.substring(blank) : body;
  }

  private static String behindLine(String text, int end) {
    int newline = text.indexOf('\n', end);
    boolean isBlank = newline >= 0 && text.substring(end, newline).isBlank();
    return text.substring(isBlank ? newline + 1 : end);
  }

  /** Every block of a text. */
  static List<Pem> all(String text) {
    List<Pem> blocks = new ArrayList<>();
    for (Pem block = first(text); block != null; block = first(block.rest)) {
      blocks.add(block);
    }
    return blocks;
  }
}
