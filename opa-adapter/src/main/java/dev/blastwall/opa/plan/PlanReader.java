package dev.blastwall.opa.plan;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code plan.json}, or what {@link PlanMessages} made of {@code plan.pb}. */
public final class PlanReader {
  private final List<StringValue> strings = new ArrayList<>();
  private final List<String> files = new ArrayList<>();

  private PlanReader() {}

  /**
   * The plan in a JSON document.
   *
   * @throws BundleException when it is not a plan, or uses a statement that this engine does not
   *     know
   */
  public static Policy read(Value document) throws BundleException {
    return new PlanReader().policy(Node.of(document, "the document"));
  }

  private Policy policy(Node root) throws BundleException {
    List<String> builtins = new ArrayList<>();
    if (root.has("static")) {
      Node constants = root.node("static");
      for (Value string : constants.list("strings")) {
        // Interned, so that keys which Java code writes as literals are found by identity.
        strings.add(new StringValue(Node.of(string, "a string").text("value").intern()));
      }
      for (Value file : constants.list("files")) {
        files.add(Node.of(file, "a file").text("value"));
      }
      for (Value builtin : constants.list("builtin_funcs")) {
        builtins.add(Node.of(builtin, "a built-in").text("name"));
      }
    }
    return new Policy(entrypoints(root), functions(root), builtins);
  }

  private List<Policy.Entrypoint> entrypoints(Node root) throws BundleException {
    List<Policy.Entrypoint> entrypoints = new ArrayList<>();
    if (root.has("plans")) {
      for (Value value : root.node("plans").list("plans")) {
        Node plan = Node.of(value, "a plan");
        entrypoints.add(new Policy.Entrypoint(plan.text("name"), blocks(plan)));
      }
    }
    return entrypoints;
  }

  private List<Policy.Function> functions(Node root) throws BundleException {
    List<Policy.Function> functions = new ArrayList<>();
    if (root.has("funcs")) {
      for (Value value : root.node("funcs").list("funcs")) {
        functions.add(function(Node.of(value, "a function")));
      }
    }
    return functions;
  }

  private Policy.Function function(Node node) throws BundleException {
    List<Integer> params = new ArrayList<>();
    for (Value param : node.list("params")) {
      params.add(Node.index(param, "a parameter"));
    }
    if (params.size() < 2) {
      throw Node.malformed(
          "function " + node.text("name") + " lacks the parameters input and data");
    }
    return new Policy.Function(node.text("name"), path(node), params, blocks(node));
  }

  private static List<String> path(Node node) throws BundleException {
    List<String> path = new ArrayList<>();
    for (Value part : node.list("path")) {
      if (!(part instanceof StringValue string)) {
        throw Node.malformed("the path of function " + node.text("name") + " must hold strings");
      }
      path.add(string.text());
    }
    return path;
  }

  private List<Block> blocks(Node node) throws BundleException {
    List<Block> blocks = new ArrayList<>();
    for (Value block : node.list("blocks")) {
      blocks.add(block(Node.of(block, "a block"), null));
    }
    return blocks;
  }

  private Block block(Node node, @Nullable Location outer) throws BundleException {
    LocatedStatements statements = new LocatedStatements(outer);
    for (Value value : node.list("stmts")) {
      Node envelope = Node.of(value, "a statement");
      String type = envelope.text("type");
      if (type.equals("NopStmt")) {
        continue;
      }
      Statement statement = statement(type, envelope.node("stmt"));
      statements.add(statement, location(envelope.node("stmt")));
      if (statement instanceof Statement.Break || statement instanceof Statement.Return) {
        break;
      }
    }
    return statements.block();
  }

  /** Plans made by hand have no locations, and older ones no ends. */
  private @Nullable Location location(Node node) throws BundleException {
    if (node.object().get("row") == null) {
      return null;
    }
    int file = node.index("file");
    String name = file < files.size() ? files.get(file) : "";
    int row = node.index("row");
    int column = node.indexOr("col", 0);
    return new Location(
        name, row, column, node.indexOr("end_row", row), node.indexOr("end_col", column));
  }

  private Statement statement(String type, Node node) throws BundleException {
    return switch (type) {
      case "ArrayAppendStmt" ->
          new Statement.ArrayAppend(operand(node, "value"), node.index("array"));
      case "AssignIntStmt", "MakeNumberIntStmt" ->
          new Statement.MakeConstant(Value.of(node.integer("value")), node.index("target"));
      case "AssignVarOnceStmt" ->
          new Statement.AssignOnce(operand(node, "source"), node.index("target"));
      case "AssignVarStmt" -> new Statement.Assign(operand(node, "source"), node.index("target"));
      case "BlockStmt" -> new Statement.Blocks(blocks(node));
      case "BreakStmt" -> new Statement.Break(node.index("index"));
      case "CallDynamicStmt" -> callDynamic(node);
      case "CallStmt" ->
          new Statement.Call(node.text("func"), operands(node, "args"), node.index("result"));
      case "DotStmt" ->
          new Statement.Dot(operand(node, "source"), operand(node, "key"), node.index("target"));
      case "EqualStmt" -> new Statement.Equal(operand(node, "a"), operand(node, "b"));
      case "IsArrayStmt" -> new Statement.IsType(operand(node, "source"), Value.Type.ARRAY);
      case "IsDefinedStmt" -> new Statement.IsDefined(node.index("source"));
      case "IsObjectStmt" -> new Statement.IsType(operand(node, "source"), Value.Type.OBJECT);
      case "IsSetStmt" -> new Statement.IsType(operand(node, "source"), Value.Type.SET);
      case "IsUndefinedStmt" -> new Statement.IsUndefined(node.index("source"));
      case "LenStmt" -> new Statement.Len(operand(node, "source"), node.index("target"));
      default -> secondHalf(type, node);
    };
  }

  /** The rest of the alphabet. */
  private Statement secondHalf(String type, Node node) throws BundleException {
    return switch (type) {
      case "MakeArrayStmt" -> new Statement.MakeArray(node.index("capacity"), node.index("target"));
      case "MakeNullStmt" -> new Statement.MakeConstant(NullValue.NULL, node.index("target"));
      case "MakeNumberRefStmt" -> new Statement.MakeConstant(number(node), node.index("target"));
      case "MakeObjectStmt" -> new Statement.MakeObject(node.index("target"));
      case "MakeSetStmt" -> new Statement.MakeSet(node.index("target"));
      case "NotEqualStmt" -> new Statement.NotEqual(operand(node, "a"), operand(node, "b"));
      case "NotStmt" -> new Statement.Not(block(node.node("block"), null));
      case "ObjectInsertOnceStmt" ->
          new Statement.ObjectInsertOnce(
              operand(node, "key"), operand(node, "value"), node.index("object"));
      case "ObjectInsertStmt" ->
          new Statement.ObjectInsert(
              operand(node, "key"), operand(node, "value"), node.index("object"));
      case "ObjectMergeStmt" ->
          new Statement.ObjectMerge(node.index("a"), node.index("b"), node.index("target"));
      case "ResetLocalStmt" -> new Statement.Reset(node.index("target"));
      case "ResultSetAddStmt" -> new Statement.ResultSetAdd(node.index("value"));
      case "ReturnLocalStmt" -> new Statement.Return(node.index("source"));
      case "ScanStmt" ->
          new Statement.Scan(
              node.index("source"),
              node.index("key"),
              node.index("value"),
              block(node.node("block"), location(node)));
      case "SetAddStmt" -> new Statement.SetAdd(operand(node, "value"), node.index("set"));
      case "WithStmt" -> with(node);
      default ->
          throw new BundleException(
              "the plan uses the statement "
                  + type
                  + ", which this engine does not know; build the bundle with the version of opa that"
                  + " this engine is made for");
    };
  }

  private Statement callDynamic(Node node) throws BundleException {
    List<Value> arguments = node.list("args");
    if (arguments.size() != 2) {
      throw Node.malformed("a dynamic call must have input and data for arguments");
    }
    int input = Node.index(arguments.get(0), "an argument");
    int data = Node.index(arguments.get(1), "an argument");
    return new Statement.CallDynamic(input, data, operands(node, "path"), node.index("result"));
  }

  private Statement with(Node node) throws BundleException {
    List<Value> path = new ArrayList<>();
    for (Value index : node.list("path")) {
      path.add(string(Node.index(index, "a path element")));
    }
    return new Statement.With(
        node.index("local"),
        path,
        operand(node, "value"),
        block(node.node("block"), location(node)));
  }

  /** The field had no JSON name once, so older plans write it as Go does. */
  private Value number(Node node) throws BundleException {
    String key = node.object().get("index") == null ? "Index" : "index";
    String text = string(node.index(key)).text();
    try {
      return NumberValue.parse(text);
    } catch (NumberFormatException e) {
      throw Node.malformed("the number " + text + " cannot be read: " + e.getMessage());
    }
  }

  private List<Operand> operands(Node node, String key) throws BundleException {
    List<Operand> operands = new ArrayList<>();
    for (Value operand : node.list(key)) {
      operands.add(operand(Node.of(operand, "an operand")));
    }
    return operands;
  }

  private Operand operand(Node node, String key) throws BundleException {
    return operand(node.node(key));
  }

  private Operand operand(Node node) throws BundleException {
    String type = node.text("type");
    return switch (type) {
      case "local" -> new Operand.Local(node.index("value"));
      case "bool" -> new Operand.Constant(Value.of(node.bool("value")));
      case "string_index" -> new Operand.Constant(string(node.index("value")));
      default -> throw Node.malformed("unknown operand type " + type);
    };
  }

  private StringValue string(int index) throws BundleException {
    if (index >= strings.size()) {
      throw Node.malformed("there is no string " + index);
    }
    return strings.get(index);
  }
}
