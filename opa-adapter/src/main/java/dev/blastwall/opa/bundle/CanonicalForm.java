package dev.blastwall.opa.bundle;

import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The form over which OPA hashes a JSON document, so that white space and the order of members do
 * not count ({@code walk} in {@code v1/bundle/hash.go}): sorted keys, numbers as they were written,
 * strings as Go's {@code encoding/json} escapes them without its escapes for HTML.
 */
final class CanonicalForm {
  private static final int CHUNK = 1 << 13;

  private final MessageDigest digest;
  private final StringBuilder text = new StringBuilder(2 * CHUNK);

  private CanonicalForm(MessageDigest digest) {
    this.digest = digest;
  }

  static void update(MessageDigest digest, Value value) {
    CanonicalForm form = new CanonicalForm(digest);
    form.write(value);
    form.flush();
  }

  private void flush() {
    digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }

  private void write(Value value) {
    switch (value) {
      case ObjectValue object -> object(object);
      case CollectionValue array -> array(array);
      case StringValue string -> string(string.text());
      case NumberValue number -> text.append(number);
      case BooleanValue flag -> text.append(flag);
      case NullValue ignored -> text.append("null");
    }
    if (text.length() > CHUNK) {
      flush();
    }
  }

  private void object(ObjectValue object) {
    text.append('{');
    for (int i = 0; i < object.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      write(object.sortedKeyAt(i));
      text.append(':');
      write(object.sortedValueAt(i));
    }
    text.append('}');
  }

  private void array(CollectionValue array) {
    text.append('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      write(array.valueAt(i));
    }
    text.append(']');
  }

  private void string(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      character(string, i);
    }
    text.append('"');
  }

  private void character(String string, int at) {
    char c = string.charAt(at);
    int named = "\"\\\b\f\n\r\t".indexOf(c);
    if (named >= 0) {
      text.append('\\').append("\"\\bfnrt".charAt(named));
    } else if (c < ' ' || c == '\u2028' || c == '\u2029') {
      text.append("\\u").append(HexFormat.of().toHexDigits(c));
    } else if (Character.isSurrogate(c) && !isPaired(string, at)) {
      text.append('\uFFFD');
    } else {
      text.append(c);
    }
  }

  private static boolean isPaired(String string, int at) {
    char c = string.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 < string.length() && Character.isLowSurrogate(string.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(string.charAt(at - 1));
  }
}
