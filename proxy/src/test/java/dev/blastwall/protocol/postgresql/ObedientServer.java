package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.all;
import static dev.blastwall.protocol.postgresql.RawClient.message;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A server that believes whatever reaches it and answers like PostgreSQL, roughly, with rows full
 * of secrets. It asks the gate about everything that it is asked to do: nothing may be unjudged.
 */
final class ObedientServer {

  /** What the gateway itself says in the place of a refused command. */
  private static final String POISON = "blastwall refused a command here";

  private static final byte[] VALUE = secrets();
  private static final byte[] COLUMNS =
      message(
          'T',
          "\0\2a\0\0\0\0\0\0\0\0\0\0\31\0\0\0\0\0\0\0\0b\0\0\0\0\0\0\0\0\0\0\31\0\0\0\0\0\0\0\0");

  private final FuzzGate gate;
  private final Map<String, String> statements = new HashMap<>();
  private final Map<String, String> portals = new HashMap<>();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private byte[] unread = {};
  private boolean started;
  private boolean skipping;
  private boolean simpleCopy;
  private boolean copying;
  private char status = 'I';

  ObedientServer(FuzzGate gate) {
    this.gate = gate;
  }

  private static byte[] secrets() {
    byte[] value = new byte[12];
    Arrays.fill(value, FuzzedGateway.SECRET);
    return value;
  }

  private static byte[] row() {
    byte[] length = ByteBuffer.allocate(4).putInt(VALUE.length).array();
    return message('D', all(new byte[] {0, 2}, length, VALUE, length, VALUE));
  }

  /** Takes bytes as they come; what it answers. */
  byte[] hears(byte[] bytes) {
    unread = all(unread, bytes);
    ByteBuffer in = ByteBuffer.wrap(unread);
    while (next(in)) {}
    unread = Arrays.copyOfRange(unread, in.position(), unread.length);
    byte[] answers = answer.toByteArray();
    answer.reset();
    return answers;
  }

  private boolean next(ByteBuffer in) {
    int header = started ? 5 : 4;
    if (in.remaining() < header) {
      return false;
    }
    int length = in.getInt(in.position() + header - 4);
    if (in.remaining() < length + header - 4) {
      return false;
    }
    byte[] body = new byte[length - 4];
    char type = started ? (char) in.get() : 0;
    in.getInt();
    in.get(body);
    if (started) {
      handle(type, ByteBuffer.wrap(body));
    } else {
      started = true;
    }
    return true;
  }

  private void handle(char type, ByteBuffer body) {
    if (skipping && type != 'S' && type != 'X') {
      return;
    }
    switch (type) {
      case 'Q' -> query(FuzzScript.text(body));
      case 'P' -> parse(FuzzScript.text(body), FuzzScript.text(body));
      case 'B' -> bind(FuzzScript.text(body), FuzzScript.text(body), body);
      case 'D' -> describe(body.get(), FuzzScript.text(body));
      case 'E' -> run(portals.getOrDefault(FuzzScript.text(body), "fail"), true);
      case 'C' -> close(body.get(), FuzzScript.text(body));
      case 'F' -> {
        body.getInt();
        gate.spendCall(values(body));
        say(message('V', all(ByteBuffer.allocate(4).putInt(VALUE.length).array(), VALUE)));
        ready();
      }
      case 'd', 'c', 'f' -> copied(type);
      case 'S' -> {
        skipping = false;
        if (!copying) {
          ready();
        }
      }
      case 'H', 'X' -> {}
      default -> throw new AssertionError("a message of type " + type + " reached the upstream");
    }
  }

  private void query(String text) {
    if (text.equals(POISON)) {
      fail(false);
      ready();
      return;
    }
    gate.spend(text, List.of());
    run(text, false);
    if (!copying) {
      ready();
    }
  }

  private void parse(String name, String text) {
    if (text.equals(POISON)) {
      fail(true);
      return;
    }
    gate.mustKnow(text);
    if (text.contains("fail") || !name.isEmpty() && statements.containsKey(name)) {
      fail(true);
    } else {
      statements.put(name, text);
      say(message('1'));
    }
  }

  private void bind(String portal, String statement, ByteBuffer rest) {
    String text = statements.get(statement);
    if (text == null) {
      fail(true);
      return;
    }
    gate.spend(text, values(rest));
    portals.put(portal, text);
    say(message('2'));
  }

  private static List<String> values(ByteBuffer in) {
    short[] formats = new short[in.getShort()];
    for (int i = 0; i < formats.length; i++) {
      formats[i] = in.getShort();
    }
    List<String> values = new ArrayList<>();
    int count = Short.toUnsignedInt(in.getShort());
    for (int i = 0; i < count; i++) {
      int length = in.getInt();
      byte[] value = new byte[Math.max(0, length)];
      in.get(value);
      int format = formats.length == 0 ? 0 : formats[formats.length == 1 ? 0 : i];
      values.add(length < 0 ? null : text(value, format == 1));
    }
    return values;
  }

  private static String text(byte[] value, boolean binary) {
    return binary
        ? "\\x" + HexFormat.of().formatHex(value)
        : new String(value, StandardCharsets.UTF_8);
  }

  private void describe(byte kind, String name) {
    String text = (kind == 'S' ? statements : portals).get(name);
    if (text == null) {
      fail(true);
      return;
    }
    if (kind == 'S') {
      say(message('t', "\0\0"));
    }
    say(hasRows(text) ? COLUMNS : message('n'));
  }

  private void close(byte kind, String name) {
    (kind == 'S' ? statements : portals).remove(name);
    say(message('3'));
  }

  private static boolean hasRows(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return List.of("select", "values", "fetch", "execute", "show", "returning").stream()
            .anyMatch(lower::contains)
        && !lower.contains("copy");
  }

  private void run(String text, boolean extended) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("fail")) {
      fail(extended);
    } else if (lower.contains("copy") && lower.contains("stdin")) {
      copying = true;
      simpleCopy = !extended;
      say(message('G', "\0\0\1\0\0"));
    } else if (lower.contains("copy")) {
      say(message('H', "\0\0\2\0\0\0\0"));
      say(message('d', all(VALUE, new byte[] {'\t'}, VALUE, new byte[] {'\n'})));
      say(message('c'));
      complete("COPY 1");
    } else if (hasRows(text)) {
      if (!extended) {
        say(COLUMNS);
      }
      say(all(row(), row()));
      complete("SELECT 2");
    } else {
      transaction(lower);
      complete("DONE");
    }
  }

  private void transaction(String lower) {
    if (lower.contains("begin")) {
      status = 'T';
    } else if (lower.contains("commit") || lower.contains("rollback")) {
      status = 'I';
    }
  }

  private void copied(char type) {
    if (!copying) {
      return;
    }
    if (!gate.forwardedCopy()) {
      throw new AssertionError("rows of a COPY that nobody judged");
    }
    if (type == 'd') {
      return;
    }
    copying = false;
    if (type == 'c') {
      complete("COPY 1");
    } else {
      fail(!simpleCopy);
    }
    if (simpleCopy) {
      ready();
    }
  }

  private void complete(String tag) {
    say(message('C', tag + "\0"));
  }

  private void fail(boolean extended) {
    skipping = extended;
    status = status == 'I' ? 'I' : 'E';
    say(message('E', "SERROR\0VERROR\0C42601\0Msyntax error\0\0"));
  }

  private void ready() {
    say(message('Z', String.valueOf(status)));
  }

  private void say(byte[] bytes) {
    answer.writeBytes(bytes);
  }
}
