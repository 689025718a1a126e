package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.sql.describe.SqlDetail;

/** Values of COPY in CSV format, some of them quoted. */
final class CopyCsv implements CopyLine.Notation {

  private final char delimiter;
  private final char quote;
  private final char escape;

  CopyCsv(SqlDetail.Copy copy) {
    delimiter = copy.delimiter().charAt(0);
    quote = copy.quote().charAt(0);
    escape = copy.escape().charAt(0);
  }

  @Override
  public int valueEnd(String line, int start, int end) {
    boolean quoted = false;
    int at = start;
    for (; at < end && (quoted || line.charAt(at) != delimiter); at++) {
      char c = line.charAt(at);
      if (quoted && c == escape && escapes(line, at, end)) {
        at++;
      } else if (c == quote) {
        quoted = !quoted;
      }
    }
    return Math.min(at, end);
  }

  /** Where both are the same, a quote is escaped only by another one. */
  private boolean escapes(String line, int at, int end) {
    return at + 1 < end
        && (line.charAt(at + 1) == quote || escape != quote && line.charAt(at + 1) == escape);
  }

  @Override
  public String plain(String value) {
    if (value.length() < 2 || value.charAt(0) != quote) {
      return value;
    }
    StringBuilder plain = new StringBuilder(value.length());
    int end = value.length() - 1;
    for (int i = 1; i < end; i++) {
      if (value.charAt(i) == escape && escapes(value, i, end)) {
        i++;
      }
      plain.append(value.charAt(i));
    }
    return plain.toString();
  }

  @Override
  public String written(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 2).append(quote);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == quote || c == escape) {
        quoted.append(escape);
      }
      quoted.append(c);
    }
    return quoted.append(quote).toString();
  }
}
