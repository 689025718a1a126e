package dev.blastwall.opa.builtin.graphql;

import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether directives are declared, stand where they may, and have the arguments they need. */
final class DirectiveRules {
  /** The number of null among the kinds of value. */
  private static final NumberValue NULL_KIND = NumberValue.of(6);

  private final Schema schema;

  DirectiveRules(Schema schema) {
    this.schema = schema;
  }

  /** Of a node in one place, where only some may stand twice. */
  void checkOnce(ObjectValue node, String location, String ofDirective) {
    check(node, location, ofDirective, true);
  }

  /**
   * @param ofDirective the directive whose argument this is, which it must not refer to; else empty
   */
  void check(ObjectValue node, String location, String ofDirective, boolean once) {
    Set<String> seen = new HashSet<>();
    for (ObjectValue directive : Tree.nodes(node, "Directives")) {
      String name = Tree.name(directive);
      SchemaRules.requireUnreserved(name);
      ObjectValue definition = schema.directives().get(name);
      if (name.equals(ofDirective)) {
        throw new GraphqlException("Directive " + name + " cannot refer to itself.");
      }
      if (definition == null) {
        throw new GraphqlException("Undefined directive " + name + ".");
      }
      if (!seen.add(name) && once && !Tree.flag(definition, "IsRepeatable")) {
        throw new GraphqlException(
            "The directive " + name + " can only be used once at this location.");
      }
      if (!Tree.texts(definition, "Locations").contains(location)) {
        throw new GraphqlException("Directive " + name + " is not applicable on " + location + ".");
      }
      arguments(directive, definition);
    }
  }

  private static void arguments(ObjectValue directive, ObjectValue definition) {
    String name = Tree.name(directive);
    List<ObjectValue> given = Tree.nodes(directive, "Arguments");
    List<ObjectValue> declared = Tree.nodes(definition, "Arguments");
    for (ObjectValue argument : given) {
      if (Tree.find(declared, Tree.name(argument)) == null) {
        throw new GraphqlException(
            "Undefined argument " + Tree.name(argument) + " for directive " + name + ".");
      }
    }
    for (ObjectValue argument : declared) {
      boolean isRequired =
          Tree.isNonNull(Tree.type(argument)) && argument.get("DefaultValue") == null;
      if (isRequired && isNull(Tree.find(given, Tree.name(argument)))) {
        throw new GraphqlException(
            "Argument " + Tree.name(argument) + " for directive " + name + " cannot be null.");
      }
    }
  }

  private static boolean isNull(@Nullable ObjectValue argument) {
    ObjectValue value = argument == null ? null : Tree.child(argument, "Value");
    return value == null || NULL_KIND.equals(value.get("Kind"));
  }
}
