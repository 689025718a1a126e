package dev.blastwall.opa.plan;

import static dev.blastwall.opa.protobuf.FieldType.Scalar.BOOL;
import static dev.blastwall.opa.protobuf.FieldType.Scalar.INTEGER;
import static dev.blastwall.opa.protobuf.FieldType.Scalar.TEXT;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.protobuf.MessageType;
import java.util.List;

/**
 * The messages of {@code plan.pb} ({@code v1/ir/plan.proto}), read into what {@code plan.json} says
 * of the same plan.
 */
public final class PlanMessages {
  private static final String UNKNOWN = "(of an unknown kind)";
  private static final List<String> LOCATION = List.of("file", "row", "col", "end_row", "end_col");
  private static final MessageType OPERAND =
      new MessageType(PlanMessages::operand)
          .one(
              1,
              "value",
              new MessageType()
                  .one(1, "bool", BOOL)
                  .one(2, "local", INTEGER)
                  .one(3, "string_index", INTEGER));
  private static final MessageType BLOCK = new MessageType();
  private static final MessageType STATEMENT =
      new MessageType(PlanMessages::statement)
          .one(1, "file", INTEGER)
          .one(2, "col", INTEGER)
          .one(3, "row", INTEGER)
          .one(38, "end_col", INTEGER)
          .one(39, "end_row", INTEGER);

  static {
    BLOCK.many(1, "stmts", STATEMENT);
    addValues();
    addControl();
    addTests();
    addCollections();
  }

  private static final MessageType TEXT_VALUE = new MessageType().one(1, "value", TEXT);
  private static final MessageType CONSTANTS =
      new MessageType()
          .many(1, "strings", TEXT_VALUE)
          .many(2, "builtin_funcs", new MessageType().one(1, "name", TEXT))
          .many(3, "files", TEXT_VALUE);
  private static final MessageType PLAN =
      new MessageType().one(1, "name", TEXT).many(2, "blocks", BLOCK);
  private static final MessageType FUNCTION =
      new MessageType()
          .one(1, "name", TEXT)
          .many(2, "params", INTEGER)
          .one(3, "return", INTEGER)
          .many(4, "blocks", BLOCK)
          .many(5, "path", TEXT);

  /** A whole plan; {@link PlanReader} reads what it comes to. */
  public static final MessageType POLICY =
      new MessageType()
          .one(1, "static", CONSTANTS)
          .one(2, "plans", new MessageType().many(1, "plans", PLAN))
          .one(3, "funcs", new MessageType().many(1, "funcs", FUNCTION));

  private PlanMessages() {}

  /** Adds a statement, whose number in the plan is that of a field. */
  private static void add(int number, String type, MessageType fields) {
    STATEMENT.one(number, type, fields);
  }

  private static MessageType target(int number) {
    return new MessageType().one(number, "target", INTEGER);
  }

  private static MessageType sourceOperand() {
    return new MessageType().one(1, "source", OPERAND);
  }

  private static MessageType sourceLocal() {
    return new MessageType().one(1, "source", INTEGER);
  }

  private static void addValues() {
    add(5, "AssignIntStmt", target(2).one(1, "value", INTEGER));
    add(6, "AssignVarOnceStmt", target(2).one(1, "source", OPERAND));
    add(7, "AssignVarStmt", target(2).one(1, "source", OPERAND));
    add(12, "DotStmt", target(3).one(1, "source", OPERAND).one(2, "key", OPERAND));
    add(19, "LenStmt", target(2).one(1, "source", OPERAND));
    add(20, "MakeArrayStmt", target(2).one(1, "capacity", INTEGER));
    add(21, "MakeNullStmt", target(1));
    add(22, "MakeNumberIntStmt", target(2).one(1, "value", INTEGER));
    add(23, "MakeNumberRefStmt", target(2).one(1, "index", INTEGER));
    add(24, "MakeObjectStmt", target(1));
    add(25, "MakeSetStmt", target(1));
    add(32, "ResetLocalStmt", target(1));
  }

  private static void addControl() {
    MessageType call = new MessageType().one(1, "func", TEXT).many(2, "args", OPERAND);
    add(8, "BlockStmt", new MessageType().many(1, "blocks", BLOCK));
    add(9, "BreakStmt", new MessageType().one(1, "index", INTEGER));
    add(10, "CallDynamicStmt", dynamicCall());
    add(11, "CallStmt", call.one(3, "result", INTEGER));
    add(26, "NopStmt", new MessageType());
    add(28, "NotStmt", new MessageType().one(1, "block", BLOCK));
    add(33, "ResultSetAddStmt", new MessageType().one(1, "value", INTEGER));
    add(34, "ReturnLocalStmt", sourceLocal());
    add(35, "ScanStmt", scan());
    add(37, "WithStmt", with());
  }

  private static MessageType dynamicCall() {
    return new MessageType()
        .many(1, "args", INTEGER)
        .one(2, "result", INTEGER)
        .many(3, "path", OPERAND);
  }

  private static MessageType scan() {
    return sourceLocal().one(2, "key", INTEGER).one(3, "value", INTEGER).one(4, "block", BLOCK);
  }

  private static MessageType with() {
    return new MessageType()
        .one(1, "local", INTEGER)
        .many(2, "path", INTEGER)
        .one(3, "value", OPERAND)
        .one(4, "block", BLOCK);
  }

  private static void addTests() {
    add(13, "EqualStmt", new MessageType().one(1, "a", OPERAND).one(2, "b", OPERAND));
    add(14, "IsArrayStmt", sourceOperand());
    add(15, "IsDefinedStmt", sourceLocal());
    add(16, "IsObjectStmt", sourceOperand());
    add(17, "IsSetStmt", sourceOperand());
    add(18, "IsUndefinedStmt", sourceLocal());
    add(27, "NotEqualStmt", new MessageType().one(1, "a", OPERAND).one(2, "b", OPERAND));
  }

  private static void addCollections() {
    MessageType array = new MessageType().one(1, "value", OPERAND).one(2, "array", INTEGER);
    add(4, "ArrayAppendStmt", array);
    add(29, "ObjectInsertOnceStmt", insert());
    add(30, "ObjectInsertStmt", insert());
    add(31, "ObjectMergeStmt", target(3).one(1, "a", INTEGER).one(2, "b", INTEGER));
    add(36, "SetAddStmt", new MessageType().one(1, "value", OPERAND).one(2, "set", INTEGER));
  }

  private static MessageType insert() {
    return new MessageType()
        .one(1, "key", OPERAND)
        .one(2, "value", OPERAND)
        .one(3, "object", INTEGER);
  }

  /** In JSON the kind of an operand is a member; here it is the field that is set. */
  private static ObjectValue operand(ObjectValue message) {
    if (message.get("value") instanceof ObjectValue only && only.size() == 1) {
      return new ObjectValue(2).put("type", only.keyAt(0)).put("value", only.valueAt(0));
    }
    return message;
  }

  /** Likewise; a statement that is not known has no such field, and two are not one statement. */
  private static ObjectValue statement(ObjectValue message) {
    ObjectValue shaped = new ObjectValue(2);
    for (int i = 0; i < message.size(); i++) {
      if (message.valueAt(i) instanceof ObjectValue fields) {
        if (shaped.size() > 0) {
          return message;
        }
        shaped.put("type", message.keyAt(i)).put("stmt", fields);
        LOCATION.forEach(name -> located(fields, name, message));
      }
    }
    return shaped.size() > 0 ? shaped : shaped.put("type", UNKNOWN).put("stmt", message);
  }

  private static void located(ObjectValue fields, String name, ObjectValue message) {
    Value value = message.get(name);
    if (value != null) {
      fields.put(name, value);
    }
  }
}
