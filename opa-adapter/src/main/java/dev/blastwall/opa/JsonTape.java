package dev.blastwall.opa;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A JSON text of which {@link JsonScanner} knows where its values stand. */
final class JsonTape {
  private final byte[] utf8;
  private final int[] tape;

  private JsonTape(byte[] utf8, int[] tape) {
    this.utf8 = utf8;
    this.tape = tape;
  }

  /** The value of a text, or null if the scanner does not accept it. */
  static @Nullable Value read(byte[] utf8) {
    int[] tape = JsonScanner.scan(utf8);
    return tape.length == 0 ? null : new JsonTape(utf8, tape).value(0);
  }

  private Value value(int entry) {
    return switch (utf8[tape[entry]]) {
      case '"' -> new StringValue(text(entry));
      case '{' -> object(entry);
      case '[' -> array(entry);
      case 't' -> BooleanValue.TRUE;
      case 'f' -> BooleanValue.FALSE;
      case 'n' -> NullValue.NULL;
      default -> NumberValue.parse(ascii(tape[entry], tape[entry + 1]));
    };
  }

  /** The entry behind a value. */
  private int after(int entry) {
    byte first = utf8[tape[entry]];
    return first == '{' || first == '[' ? tape[entry + 1] : entry + 2;
  }

  private Value array(int entry) {
    int[] places = new int[tape[entry + 2]];
    int at = entry + 3;
    for (int i = 0; i < places.length; i++) {
      places[i] = at;
      at = after(at);
    }
    return new ArrayValue(places.length, position -> value(places[position]));
  }

  private Value object(int entry) {
    int[] places = new int[tape[entry + 2]];
    int at = entry + 3;
    int hash = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = at + 2;
      hash = 31 * hash + ShapePool.hash(utf8, tape[at] + 1, tape[at + 1] >> JsonScanner.FLAG_BITS);
      at = after(at + 2);
    }
    ObjectValue shape = ShapePool.find(hash);
    ObjectValue keys = shape != null && isShape(shape, places) ? shape : keys(places, hash);
    return keys.withMembers(position -> value(places[position]));
  }

  private boolean isShape(ObjectValue shape, int[] places) {
    if (shape.size() != places.length) {
      return false;
    }
    for (int i = 0; i < places.length; i++) {
      if (!isName(places[i] - 2, shape.keyAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The names before the values, the last of several equal ones being the one that counts. */
  private ObjectValue keys(int[] places, int hash) {
    ObjectValue keys = new ObjectValue(places.length);
    for (int place : places) {
      StringValue name = name(place - 2);
      keys.put(name, NullValue.NULL);
      places[keys.position(name)] = place;
    }
    if (keys.size() == places.length) {
      ShapePool.keep(keys, hash);
    }
    return keys;
  }

  private boolean isName(int entry, Value key) {
    int end = tape[entry + 1];
    return (end & JsonScanner.ESCAPES + JsonScanner.NOT_ASCII) == 0
        && NamePool.is(
            ((StringValue) key).text(), utf8, tape[entry] + 1, end >> JsonScanner.FLAG_BITS);
  }

  private StringValue name(int entry) {
    int end = tape[entry + 1];
    return (end & JsonScanner.ESCAPES + JsonScanner.NOT_ASCII) == 0
        ? NamePool.of(utf8, tape[entry] + 1, end >> JsonScanner.FLAG_BITS)
        : StringValue.name(text(entry));
  }

  private String text(int entry) {
    int from = tape[entry] + 1;
    int end = tape[entry + 1];
    int to = end >> JsonScanner.FLAG_BITS;
    if ((end & JsonScanner.ESCAPES) != 0) {
      return unescaped(from, to);
    }
    return (end & JsonScanner.NOT_ASCII) != 0
        ? new String(utf8, from, to - from, StandardCharsets.UTF_8)
        : ascii(from, to);
  }

  private String ascii(int from, int to) {
    return new String(utf8, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private String unescaped(int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    int run = from;
    for (int i = from; i < to; i++) {
      if (utf8[i] == '\\') {
        text.append(new String(utf8, run, i - run, StandardCharsets.UTF_8));
        boolean isCode = utf8[++i] == 'u';
        text.append(isCode ? (char) Integer.parseInt(ascii(i + 1, i + 5), 16) : named(utf8[i]));
        i += isCode ? 4 : 0;
        run = i + 1;
      }
    }
    return text.append(new String(utf8, run, to - run, StandardCharsets.UTF_8)).toString();
  }

  private static char named(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> (char) letter;
    };
  }
}
