package dev.blastwall.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of the file while it is read.
 *
 * <p>Every question gives a supplier at once, right or wrong, so that one reading finds all
 * problems; the values are asked for only when there are none. {@link #end} reports the keys that
 * nobody asked for.
 */
public final class Section {

  private final Node node;
  private final String path;
  private final Problems problems;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();
  private final boolean broken;

  Section(Node node, String path, Problems problems) {
    this(node, path, problems, !(node instanceof MappingNode || isNull(node)));
    if (broken) {
      problems.at(node, path, "must be a mapping of keys to values");
    }
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::add);
    }
  }

  /** An empty one: {@code node} only says where. */
  private Section(Node node, String path, Problems problems, boolean broken) {
    this.node = node;
    this.path = path;
    this.problems = problems;
    this.broken = broken;
  }

  private void add(NodeTuple entry) {
    Node keyNode = entry.getKeyNode();
    if (!(keyNode instanceof ScalarNode key)) {
      problems.at(keyNode, path, "a key must be plain text");
    } else if (entries.put(key.getValue(), entry.getValueNode()) != null) {
      problems.at(keyNode, below(key.getValue()), "is there twice");
    }
  }

  /** A scalar that must be there. */
  public <T> Supplier<T> required(String key, Parser<T> parser) {
    Node value = find(key);
    return value == null ? missing(key) : scalar(value, below(key), parser);
  }

  /** A scalar that has a default. */
  public <T> Supplier<T> optional(String key, Parser<T> parser, T otherwise) {
    Node value = find(key);
    return value == null ? () -> otherwise : scalar(value, below(key), parser);
  }

  /** A scalar that can be absent. */
  public <T> Supplier<Optional<T>> optional(String key, Parser<T> parser) {
    Node value = find(key);
    if (value == null) {
      return Optional::empty;
    }
    Supplier<T> present = scalar(value, below(key), parser);
    return () -> Optional.of(present.get());
  }

  /** A list of scalars, or a single one; a default where it is absent. */
  public <T> Supplier<List<T>> list(String key, Parser<T> parser, List<T> otherwise) {
    Node value = find(key);
    return switch (value) {
      case null -> () -> otherwise;
      case ScalarNode scalar -> {
        Supplier<T> only = scalar(scalar, below(key), parser);
        yield () -> List.of(only.get());
      }
      default -> each(value, below(key), (item, itemPath) -> scalar(item, itemPath, parser));
    };
  }

  /** A list of mappings; empty where it is absent. */
  public <T> Supplier<List<T>> sections(String key, Function<Section, Supplier<T>> reader) {
    Node value = find(key);
    return value == null
        ? List::of
        : each(
            value,
            below(key),
            (item, itemPath) -> reader.apply(new Section(item, itemPath, problems)));
  }

  /** A mapping below this one; an empty one where it is absent. */
  public Section section(String key) {
    Node value = find(key);
    return value == null
        ? new Section(node, below(key), problems, broken)
        : new Section(value, below(key), problems);
  }

  /** A mapping of whatever can stand in JSON; an empty one where it is absent. */
  public Supplier<Map<String, Object>> json(String key) {
    Node value = find(key);
    if (value == null) {
      return Map::of;
    }
    if (!(value instanceof MappingNode)) {
      return problems.at(value, below(key), "must be a mapping of keys to values");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    Object constructed =
        new StandardConstructor(LoadSettings.builder().build())
            .constructSingleDocument(Optional.of(value));
    ((Map<?, ?>) constructed).forEach((name, member) -> members.put(String.valueOf(name), member));
    return () -> members;
  }

  /** Where it begins in the file, from 1; 0 when nobody knows. */
  public int line() {
    return node.getStartMark().map(Problems::line).orElse(0);
  }

  /** Whether {@code key} holds a mapping, where it could hold a scalar as well. */
  public boolean isSection(String key) {
    return entries.get(key) instanceof MappingNode;
  }

  /** Whether {@code key}, which is now a known one, is there with a value. */
  public boolean has(String key) {
    return find(key) != null;
  }

  /** The keys of a mapping whose keys are the operator's own. */
  public List<String> keys() {
    return List.copyOf(entries.keySet());
  }

  /** A value whose parts must fit together, which shows when each of them is right. */
  public <T> Supplier<T> checked(Supplier<T> value) {
    try {
      T whole = value.get();
      return () -> whole;
    } catch (IllegalArgumentException e) {
      return problem(String.valueOf(e.getMessage()));
    } catch (IllegalStateException partIsAProblemAlready) {
      return value;
    }
  }

  public <T> Supplier<T> problem(String message) {
    return problems.at(node, path, message);
  }

  public <T> Supplier<T> problem(String key, String message) {
    return problems.at(entries.getOrDefault(key, node), below(key), message);
  }

  /** Reports the keys that nobody asked for. */
  public void end() {
    entries.forEach((key, value) -> {
      if (!known.contains(key)) {
        problems.at(value, below(key), "unknown key; known here: " + String.join(", ", known));
      }
    });
  }

  private @Nullable Node find(String key) {
    known.add(key);
    Node value = entries.get(key);
    return value == null || isNull(value) ? null : value;
  }

  private <T> Supplier<T> missing(String key) {
    // One problem is enough where the section itself is not one.
    return broken
        ? () -> {
          throw new IllegalStateException(path);
        }
        : problems.at(node, below(key), "is missing");
  }

  private <T> Supplier<T> scalar(Node value, String where, Parser<T> parser) {
    if (!(value instanceof ScalarNode scalar)) {
      return problems.at(value, where, "must be a single value");
    }
    try {
      T parsed = parser.parse(scalar.getValue());
      return () -> parsed;
    } catch (IllegalArgumentException e) {
      return problems.at(value, where, String.valueOf(e.getMessage()));
    }
  }

  private interface ItemReader<T> {
    Supplier<T> read(Node item, String path);
  }

  private <T> Supplier<List<T>> each(Node value, String where, ItemReader<T> reader) {
    if (!(value instanceof SequenceNode sequence)) {
      return problems.at(value, where, "must be a list");
    }
    if (sequence.getValue().isEmpty()) {
      return problems.at(value, where, "must not be empty");
    }
    List<Supplier<T>> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(reader.read(item, where + "[" + items.size() + "]"));
    }
    return () -> items.stream().map(Supplier::get).toList();
  }

  private String below(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }
}
