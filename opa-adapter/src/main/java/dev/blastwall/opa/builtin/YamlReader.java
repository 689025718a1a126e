package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads YAML (1.2, core schema, with merge keys) as OPA does: the first document, as JSON; the
 * others must only be well formed.
 */
final class YamlReader {
  private static final int MAX_DEPTH = 500;
  private static final String MERGE = "<<";

  private final EvaluationContext context;

  private YamlReader(EvaluationContext context) {
    this.context = context;
  }

  static Value read(EvaluationContext context, String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(true)
            .setMaxAliasesForCollections(Integer.MAX_VALUE)
            .setCodePointLimit(64 << 20)
            .build();
    @Nullable Node first = null;
    try {
      for (Node document : new Compose(settings).composeAllFromString(text)) {
        first = first == null ? document : first;
      }
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw failure("line " + line + ": did not find expected token: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw failure(String.valueOf(e.getMessage()));
    }
    return first == null ? NullValue.NULL : new YamlReader(context).value(first, 0);
  }

  private static BuiltinFailure failure(String what) {
    return BuiltinFailure.failed("yaml: " + what);
  }

  private Value value(Node node, int depth) {
    // Anchors let a short text name a huge or endless value.
    context.tick();
    context.allocate(64);
    if (depth > MAX_DEPTH) {
      throw failure("the document nests too deep, or an anchor contains itself");
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence -> sequence(sequence, depth);
      case MappingNode mapping -> mapping(mapping, depth);
      default -> throw failure("unknown node");
    };
  }

  private Value sequence(SequenceNode sequence, int depth) {
    ArrayValue array = new ArrayValue(sequence.getValue().size());
    sequence.getValue().forEach(element -> array.add(value(element, depth + 1)));
    return array;
  }

  /** A plain scalar that looks like a number is a text if the document tags it as one. */
  private static Value scalar(ScalarNode node) {
    if (node.getTag().equals(Tag.BINARY)) {
      return Value.of(new String(GoBase64.decode(node.getValue()), StandardCharsets.UTF_8));
    }
    boolean isTaggedText = !node.isResolved() && node.getTag().equals(Tag.STR);
    return node.getScalarStyle() == ScalarStyle.PLAIN && !isTaggedText
        ? YamlScalars.resolve(node.getValue())
        : Value.of(node.getValue());
  }

  /** What is merged in loses against the mapping's own members. */
  private Value mapping(MappingNode mapping, int depth) {
    ObjectValue object = new ObjectValue(mapping.getValue().size());
    List<Node> merged = new ArrayList<>();
    for (NodeTuple member : mapping.getValue()) {
      if (isMerge(member.getKeyNode())) {
        merged.add(member.getValueNode());
      } else {
        object.put(key(member.getKeyNode()), value(member.getValueNode(), depth + 1));
      }
    }
    merged.forEach(node -> merge(object, value(node, depth + 1)));
    return object;
  }

  private static boolean isMerge(Node key) {
    return key instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && scalar.getValue().equals(MERGE);
  }

  private static void merge(ObjectValue into, Value from) {
    switch (from) {
      case ObjectValue object -> {
        for (int i = 0; i < object.size(); i++) {
          if (into.get(object.keyAt(i)) == null) {
            into.put(object.keyAt(i), object.valueAt(i));
          }
        }
      }
      case ArrayValue array -> array.asList().forEach(element -> merge(into, element));
      default -> throw failure("map merge requires map or sequence of maps as the value");
    }
  }

  /** JSON has only texts for keys. */
  private static Value key(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      throw failure("invalid map key");
    }
    return switch (scalar(scalar)) {
      case NullValue ignored -> throw failure("unsupported map key of type null");
      case NumberValue number -> Value.of(number.toString());
      case BooleanValue bool -> Value.of(bool.toString());
      case Value text -> text;
    };
  }
}
