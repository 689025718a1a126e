package dev.blastwall.protocol.postgresql;

import java.util.ArrayList;
import java.util.List;

/**
 * A column as RowDescription tells it.
 *
 * @param name its label
 * @param relation the OID of the relation it comes from, or 0
 * @param attribute its number in there, 0 for the whole row or when there is no relation
 * @param type its type's OID
 * @param binary whether its values come in binary form
 */
record WireColumn(String name, int relation, short attribute, int type, boolean binary) {

  // A label's NUL, relation, attribute, type, size, modifier, format.
  private static final int LEAST_BYTES = 1 + 4 + 2 + 4 + 2 + 4 + 2;

  /** Reads the body of a RowDescription. */
  static List<WireColumn> readAll(Body body) {
    int count = body.count(LEAST_BYTES);
    List<WireColumn> columns = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      columns.add(read(body));
    }
    body.end();
    return columns;
  }

  private static WireColumn read(Body body) {
    String name = body.text();
    int relation = body.int32();
    short attribute = body.int16();
    int type = body.int32();
    body.int16(); // size
    body.int32(); // modifier
    return new WireColumn(name, relation, attribute, type, body.int16() != 0);
  }
}
