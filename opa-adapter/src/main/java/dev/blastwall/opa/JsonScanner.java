package dev.blastwall.opa;

import java.util.Arrays;

/**
 * Checks a JSON text (RFC 8259) in one pass and notes where its values stand, without making any.
 *
 * <p>It knows the usual case: UTF-8 without a byte order mark, within the limits of {@link Json}.
 * Whatever else it meets it does not accept, and leaves the verdict to {@link Json#read(byte[])}.
 */
final class JsonScanner {
  /** What a string holds, in the low bits of its end. */
  static final int ESCAPES = 1;

  static final int NOT_ASCII = 2;
  static final int FLAG_BITS = 2;

  private static final int MAX_DEPTH = 500;
  private static final int MAX_BYTES = Integer.MAX_VALUE >> FLAG_BITS;
  private static final int MAX_STRING = 64 << 20;
  private static final int MAX_NAME = 50_000;
  private static final int MAX_NUMBER = 1_000;

  /** Not JSON, or nothing this class knows. Thrown in place of an answer at every step. */
  private static final class Unusual extends RuntimeException {
    private static final Unusual UNUSUAL = new Unusual();

    private Unusual() {
      super(null, null, false, false);
    }
  }

  private final byte[] utf8;
  private int at;

  /**
   * For each value two numbers: where it begins, and where it ends; for a string the end of its
   * content, shifted by {@link #FLAG_BITS}. For an object or array the second is the index in this
   * array of what follows it, and the number of its members comes third; then the members
   * themselves.
   */
  private int[] tape;

  private int size;
  private int depth;

  private JsonScanner(byte[] utf8) {
    this.utf8 = utf8;
    this.tape = new int[utf8.length / 4 + 16];
  }

  /** What it notes of a text; empty if it does not accept it. */
  static int[] scan(byte[] utf8) {
    JsonScanner scanner = new JsonScanner(utf8);
    try {
      scanner.document();
      return scanner.tape;
    } catch (Unusual | IndexOutOfBoundsException e) {
      return new int[0]; // the index, when the text is cut short
    }
  }

  private void document() {
    if (utf8.length > MAX_BYTES) {
      throw Unusual.UNUSUAL;
    }
    value(next());
    while (at < utf8.length) {
      if (!isSpace(utf8[at++])) {
        throw Unusual.UNUSUAL;
      }
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Takes the next byte that is no white space. */
  private byte next() {
    byte b = utf8[at++];
    return b > ' ' ? b : nextBehindSpace(b);
  }

  private byte nextBehindSpace(byte first) {
    byte b = first;
    while (isSpace(b)) {
      b = utf8[at++];
    }
    return b;
  }

  private void value(byte first) {
    switch (first) {
      case '"' -> string(MAX_STRING);
      case '{' -> object();
      case '[' -> array();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number(first);
    }
  }

  private void note(int from, int to) {
    if (size + 3 > tape.length) {
      tape = Arrays.copyOf(tape, tape.length * 2);
    }
    tape[size++] = from;
    tape[size++] = to;
  }

  private void word(String word) {
    int from = at - 1;
    for (int i = 1; i < word.length(); i++) {
      if (utf8[at++] != word.charAt(i)) {
        throw Unusual.UNUSUAL;
      }
    }
    note(from, at);
  }

  private void object() {
    int start = open();
    int members = 0;
    byte b = next();
    if (b != '}') {
      for (; ; b = next()) {
        expect(b, '"');
        string(MAX_NAME);
        expect(next(), ':');
        value(next());
        members++;
        b = next();
        if (b == '}') {
          break;
        }
        expect(b, ',');
      }
    }
    close(start, members);
  }

  private void array() {
    int start = open();
    int elements = 0;
    byte b = next();
    if (b != ']') {
      for (; ; b = next()) {
        value(b);
        elements++;
        b = next();
        if (b == ']') {
          break;
        }
        expect(b, ',');
      }
    }
    close(start, elements);
  }

  private static void expect(byte actual, char expected) {
    if (actual != expected) {
      throw Unusual.UNUSUAL;
    }
  }

  private int open() {
    if (++depth > MAX_DEPTH) {
      throw Unusual.UNUSUAL;
    }
    int start = size;
    note(at - 1, 0);
    size++;
    return start;
  }

  private void close(int start, int members) {
    depth--;
    tape[start + 1] = size;
    tape[start + 2] = members;
  }

  private void string(int longest) {
    byte[] bytes = utf8;
    int from = at;
    int flags = 0;
    int i = from;
    for (byte b = bytes[i]; b != '"'; b = bytes[++i]) {
      if (b < ' ' || b == '\\') {
        at = i + 1;
        flags |= special(b);
        i = at - 1;
      }
    }
    at = i + 1;
    int to = i;
    if (to - from > longest) {
      throw Unusual.UNUSUAL;
    }
    note(from - 1, to << FLAG_BITS | flags);
  }

  private int special(byte b) {
    if (b == '\\') {
      escape();
      return ESCAPES;
    }
    if (b >= 0) {
      throw Unusual.UNUSUAL; // a control character
    }
    sequence(b & 0xFF);
    return NOT_ASCII;
  }

  private void escape() {
    byte b = utf8[at++];
    if (b == 'u') {
      int unit = 0;
      for (int i = 0; i < 4; i++) {
        int digit = Character.digit(utf8[at++], 16);
        unit = digit < 0 || unit < 0 ? -1 : unit << 4 | digit;
      }
      if (unit < 0 || Character.isSurrogate((char) unit)) {
        throw Unusual.UNUSUAL; // surrogates have rules of their own
      }
    } else if ("\"\\/bfnrt".indexOf(b) < 0) {
      throw Unusual.UNUSUAL;
    }
  }

  /** The rest of a well-formed sequence of UTF-8 (Unicode, table 3-7). */
  private void sequence(int lead) {
    int second = utf8[at++] & 0xFF;
    int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (lead < 0xC2 || lead > 0xF4 || second < low || second > high) {
      throw Unusual.UNUSUAL;
    }
    for (int more = lead < 0xE0 ? 0 : lead < 0xF0 ? 1 : 2; more > 0; more--) {
      if ((utf8[at++] & 0xC0) != 0x80) {
        throw Unusual.UNUSUAL;
      }
    }
  }

  private void number(byte first) {
    int from = at - 1;
    byte b = first == '-' ? take() : first;
    if (b == '0') {
      b = take();
    } else {
      b = digits(b);
    }
    if (b == '.') {
      b = digits(take());
    }
    boolean scaled = b == 'e' || b == 'E';
    if (scaled) {
      b = take();
      digits(b == '-' || b == '+' ? take() : b);
    }
    at--;
    if (scaled || at - from > MAX_NUMBER) {
      throw Unusual.UNUSUAL; // rare, and has limits of its own
    }
    note(from, at);
  }

  /** The byte at the next place, or a space behind the end. */
  private byte take() {
    return at < utf8.length ? utf8[at++] : end();
  }

  private byte end() {
    at = utf8.length + 1;
    return ' ';
  }

  /** Takes digits, of which there must be one, and gives what follows. */
  private byte digits(byte first) {
    byte b = first;
    if (b < '0' || b > '9') {
      throw Unusual.UNUSUAL;
    }
    while (b >= '0' && b <= '9') {
      b = take();
    }
    return b;
  }
}
