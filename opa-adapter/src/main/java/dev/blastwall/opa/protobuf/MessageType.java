package dev.blastwall.opa.protobuf;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a message that are read; the others are skipped. Not to be changed any more once it
 * is used.
 */
public final class MessageType implements FieldType {
  private final Map<Integer, Field> fields = new HashMap<>();
  private final UnaryOperator<ObjectValue> shape;

  record Field(StringValue name, FieldType type, boolean repeated) {}

  /** A message that is an object with its fields for members. */
  public MessageType() {
    this(UnaryOperator.identity());
  }

  /** A message whose JSON looks different from its fields. */
  public MessageType(UnaryOperator<ObjectValue> shape) {
    this.shape = shape;
  }

  /**
   * Adds a field.
   *
   * @param name of the member in JSON
   */
  public MessageType one(int number, String name, FieldType type) {
    fields.put(number, new Field(new StringValue(name.intern()), type, false));
    return this;
  }

  /** Adds a repeated field, which is an array in JSON. */
  public MessageType many(int number, String name, FieldType type) {
    fields.put(number, new Field(new StringValue(name.intern()), type, true));
    return this;
  }

  @Nullable Field field(int number) {
    return fields.get(number);
  }

  ObjectValue shaped(ObjectValue message) {
    return shape.apply(message);
  }
}
