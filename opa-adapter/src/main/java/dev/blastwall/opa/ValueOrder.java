package dev.blastwall.opa;

/** OPA's total order of values ({@code v1/ast/compare.go}). */
final class ValueOrder {
  private ValueOrder() {}

  static int compare(Value a, Value b) {
    if (a == b) {
      return 0;
    }
    if (a.type() != b.type()) {
      return a.type().compareTo(b.type());
    }
    return switch (a) {
      case NullValue ignored -> 0;
      case BooleanValue bool -> bool == BooleanValue.TRUE ? 1 : -1;
      case NumberValue number -> number.compareNumber((NumberValue) b);
      case StringValue string -> compareCodePoints(string.text(), ((StringValue) b).text());
      case ObjectValue object -> compareObjects(object, (ObjectValue) b);
      case ArrayValue array -> compareSorted(array, (ArrayValue) b);
      case SetValue set -> compareSorted(set, (SetValue) b);
    };
  }

  /**
   * Java compares UTF-16 units, which puts U+E000 to U+FFFF after the supplementary characters; OPA
   * does not.
   */
  static int compareCodePoints(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.isSurrogate(x) == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int compareSorted(CollectionValue a, CollectionValue b) {
    int shared = Math.min(a.size(), b.size());
    for (int i = 0; i < shared; i++) {
      int order = compare(a.sortedValueAt(i), b.sortedValueAt(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int compareObjects(ObjectValue a, ObjectValue b) {
    int shared = Math.min(a.size(), b.size());
    for (int i = 0; i < shared; i++) {
      int order = compare(a.sortedKeyAt(i), b.sortedKeyAt(i));
      if (order == 0) {
        order = compare(a.sortedValueAt(i), b.sortedValueAt(i));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
