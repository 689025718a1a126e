package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.sql.describe.SqlDetail;

/** Values of COPY in text format, with backslashes. */
final class CopyText implements CopyLine.Notation {

  /** Escaped as the second of each pair, behind a backslash. */
  private static final String ESCAPED = "\bb\ff\nn\rr\tt\u000bv\\\\";

  private final char delimiter;

  CopyText(SqlDetail.Copy copy) {
    delimiter = copy.delimiter().charAt(0);
  }

  @Override
  public int valueEnd(String line, int start, int end) {
    int at = start;
    while (at < end && line.charAt(at) != delimiter) {
      at += line.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, end);
  }

  @Override
  public String plain(String value) {
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        int letter = place(value.charAt(++i), 1);
        plain.append(letter < 0 ? value.charAt(i) : ESCAPED.charAt(letter - 1));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  @Override
  public String written(String value) {
    StringBuilder escaped = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int special = place(c, 0);
      if (special >= 0) {
        escaped.append('\\').append(ESCAPED.charAt(special + 1));
      } else if (c == delimiter) {
        escaped.append('\\').append(c);
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static int place(char c, int half) {
    for (int i = half; i < ESCAPED.length(); i += 2) {
      if (ESCAPED.charAt(i) == c) {
        return i;
      }
    }
    return -1;
  }
}
