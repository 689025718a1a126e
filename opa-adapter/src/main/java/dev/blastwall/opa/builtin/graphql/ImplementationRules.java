package dev.blastwall.opa.builtin.graphql;

import dev.blastwall.opa.ObjectValue;
import java.util.List;

/** Whether a type has what the interfaces it names demand (specification, section 3.6). */
final class ImplementationRules {
  private final Schema schema;
  private final ObjectValue type;

  ImplementationRules(Schema schema, ObjectValue type) {
    this.schema = schema;
    this.type = type;
  }

  void check(String interfaceName) {
    ObjectValue contract = schema.type(interfaceName);
    if (contract == null) {
      throw new GraphqlException("Undefined type " + Quotes.quote(interfaceName) + ".");
    }
    if (!schema.kind(interfaceName).equals("INTERFACE")) {
      throw new GraphqlException(
          Quotes.quote(interfaceName)
              + " is a non interface type "
              + schema.kind(interfaceName)
              + ".");
    }
    for (ObjectValue required : Tree.nodes(contract, "Fields")) {
      field(required, interfaceName);
    }
    ancestors(contract, interfaceName);
  }

  private GraphqlException violation(String interfaceName, String what) {
    return new GraphqlException(
        "For " + Tree.name(type) + " to implement " + interfaceName + " " + what);
  }

  private void field(ObjectValue required, String interfaceName) {
    String name = Tree.name(required);
    ObjectValue found = Tree.find(Tree.nodes(type, "Fields"), name);
    if (found == null) {
      throw violation(interfaceName, "it must have a field called " + name + ".");
    }
    if (!isCovariant(Tree.type(required), Tree.type(found))) {
      throw violation(
          interfaceName,
          "the field " + name + " must have type " + Tree.written(Tree.type(required)) + ".");
    }
    arguments(required, found, interfaceName);
  }

  private void arguments(ObjectValue required, ObjectValue found, String interfaceName) {
    List<ObjectValue> wanted = Tree.nodes(required, "Arguments");
    List<ObjectValue> present = Tree.nodes(found, "Arguments");
    for (ObjectValue argument : wanted) {
      ObjectValue same = Tree.find(present, Tree.name(argument));
      if (same == null || !isCompatible(Tree.type(argument), Tree.type(same))) {
        throw violation(
            interfaceName,
            "the field "
                + Tree.name(required)
                + " must have the same arguments but "
                + (same == null
                    ? "it is missing " + Tree.name(argument) + "."
                    : Tree.name(argument) + " has the wrong type."));
      }
    }
    for (ObjectValue argument : present) {
      boolean isRequired =
          Tree.isNonNull(Tree.type(argument)) && argument.get("DefaultValue") == null;
      if (isRequired && Tree.find(wanted, Tree.name(argument)) == null) {
        throw violation(
            interfaceName,
            "any additional arguments on "
                + Tree.name(found)
                + " must be optional or have a default value but "
                + Tree.name(argument)
                + " is required.");
      }
    }
  }

  private boolean isCovariant(ObjectValue required, ObjectValue actual) {
    if (Tree.isNonNull(required) && !Tree.isNonNull(actual)) {
      return false;
    }
    ObjectValue requiredElement = Tree.child(required, "Elem");
    ObjectValue actualElement = Tree.child(actual, "Elem");
    if (requiredElement != null) {
      return actualElement != null && isCovariant(requiredElement, actualElement);
    }
    String wanted = Tree.text(required, "NamedType");
    String given = Tree.text(actual, "NamedType");
    return actualElement == null && (wanted.equals(given) || schema.isPossible(wanted, given));
  }

  private static boolean isCompatible(ObjectValue required, ObjectValue actual) {
    ObjectValue requiredElement = Tree.child(required, "Elem");
    ObjectValue actualElement = Tree.child(actual, "Elem");
    boolean isSame =
        Tree.text(required, "NamedType").equals(Tree.text(actual, "NamedType"))
            && (requiredElement == null
                || (actualElement != null && isCompatible(requiredElement, actualElement)));
    return isSame && (!Tree.isNonNull(actual) || Tree.isNonNull(required));
  }

  private void ancestors(ObjectValue contract, String interfaceName) {
    List<String> implemented = Tree.texts(type, "Interfaces");
    for (String ancestor : Tree.texts(contract, "Interfaces")) {
      if (!implemented.contains(ancestor)) {
        throw new GraphqlException(
            "Type "
                + Tree.name(type)
                + (ancestor.equals(Tree.name(type))
                    ? " cannot implement "
                        + interfaceName
                        + " because it would create a circular reference."
                    : " must implement "
                        + ancestor
                        + " because it is implemented by "
                        + interfaceName
                        + "."));
      }
    }
  }
}
