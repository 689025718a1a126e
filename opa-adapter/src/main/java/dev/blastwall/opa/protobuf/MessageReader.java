package dev.blastwall.opa.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.io.IOException;

/** Reads one message, within the same limits that hold for JSON. */
public final class MessageReader {
  private static final int MAX_DEPTH = 500;

  private final CodedInputStream in;
  private final long maxTokens;
  private long tokens;
  private int depth;

  /**
   * A reader of a message.
   *
   * @param maxTokens how many it may hold, counted as if it were JSON
   */
  public MessageReader(byte[] message, long maxTokens) {
    this.in = CodedInputStream.newInstance(message);
    this.maxTokens = maxTokens;
  }

  /**
   * The message.
   *
   * @throws IOException when it is not one of the type, or holds or nests more than it may
   */
  public ObjectValue read(MessageType type) throws IOException {
    return message(type);
  }

  /** How many tokens were read so far. */
  public long tokens() {
    return tokens;
  }

  /** Reads until the limit of the innermost message. */
  private ObjectValue message(MessageType type) throws IOException {
    enter();
    ObjectValue message = new ObjectValue(0);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      MessageType.Field field = type.field(WireFormat.getTagFieldNumber(tag));
      if (field == null) {
        skip(tag);
      } else {
        count(2);
        add(field, WireFormat.getTagWireType(tag), message);
      }
    }
    depth--;
    return type.shaped(message);
  }

  private void enter() throws IOException {
    count(2);
    depth++;
    if (depth > MAX_DEPTH) {
      throw new IOException("it nests deeper than " + MAX_DEPTH + " levels");
    }
  }

  private void count(int more) throws IOException {
    tokens += more;
    if (tokens > maxTokens) {
      throw new IOException("it holds more than may be read");
    }
  }

  private void skip(int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new IOException("a group ends that did not begin");
    }
  }

  private void add(MessageType.Field field, int wireType, ObjectValue message) throws IOException {
    Value present = message.get(field.name());
    if (field.repeated()) {
      append(field, wireType, present instanceof ArrayValue list ? list : started(field, message));
    } else if (present == null) {
      message.put(field.name(), value(field, wireType));
    } else {
      throw new IOException("the field " + field.name().text() + " comes twice");
    }
  }

  private static ArrayValue started(MessageType.Field field, ObjectValue message) {
    ArrayValue list = new ArrayValue(0);
    message.put(field.name(), list);
    return list;
  }

  private void append(MessageType.Field field, int wireType, ArrayValue list) throws IOException {
    if (field.type() == FieldType.Scalar.INTEGER
        && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      packed(list);
      return;
    }
    depth++;
    list.add(value(field, wireType));
    depth--;
  }

  private void packed(ArrayValue list) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    while (!in.isAtEnd()) {
      count(1);
      list.add(Value.of(in.readInt64()));
    }
    in.popLimit(outer);
  }

  private Value value(MessageType.Field field, int wireType) throws IOException {
    return switch (field.type()) {
      case FieldType.Scalar scalar -> scalar(scalar, field, wireType);
      case MessageType type -> {
        require(field, wireType, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        int outer = in.pushLimit(in.readRawVarint32());
        ObjectValue message = message(type);
        in.popLimit(outer);
        yield message;
      }
    };
  }

  private Value scalar(FieldType.Scalar scalar, MessageType.Field field, int wireType)
      throws IOException {
    return switch (scalar) {
      case INTEGER -> {
        require(field, wireType, WireFormat.WIRETYPE_VARINT);
        yield Value.of(in.readInt64());
      }
      case BOOL -> {
        require(field, wireType, WireFormat.WIRETYPE_VARINT);
        yield Value.of(in.readBool());
      }
      case TEXT -> {
        require(field, wireType, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        yield new StringValue(in.readStringRequireUtf8());
      }
    };
  }

  private static void require(MessageType.Field field, int wireType, int wanted)
      throws IOException {
    if (wireType != wanted) {
      throw new IOException("the field " + field.name().text() + " is not of its type");
    }
  }
}
