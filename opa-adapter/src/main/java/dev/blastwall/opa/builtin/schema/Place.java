package dev.blastwall.opa.builtin.schema;

import org.jspecify.annotations.Nullable;

/** Where in a document a value stands; the document itself has no parent. */
record Place(@Nullable Place parent, String name) {
  private static final String ROOT_NAME = "(Root)";
  static final Place ROOT = new Place(null, ROOT_NAME);

  Place member(String key) {
    return new Place(this, key);
  }

  Place element(int index) {
    return new Place(this, Integer.toString(index));
  }

  /** The object or array that it is in. */
  Place above() {
    return parent == null ? this : parent;
  }

  /** The names on the way here; the root is only named where there is no other. */
  String field() {
    String path = path();
    String prefix = ROOT_NAME + ".";
    return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }

  private String path() {
    return parent == null ? name : parent.path() + "." + name;
  }
}
