package dev.blastwall.protocol.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What types are made of (manual, section 53.64, pg_type). Blocks. */
final class CatalogShapes {

  private static final String TYPE =
      """
      select t.typtype::text, t.typbasetype::int8, t.typelem::int8, t.typcategory::text,
        t.typdelim::text, t.typrelid::int8,
        (select r.rngsubtype from pg_catalog.pg_range r where r.rngtypid = t.oid)::int8,
        t.typname
      from pg_catalog.pg_type t
      where t.oid = ?::oid\
      """;

  private static final String FIELDS =
      """
      select a.atttypid::int8
      from pg_catalog.pg_attribute a
      where a.attrelid = ?::oid and a.attnum > 0 and not a.attisdropped
      order by a.attnum\
      """;

  /** A text without regard to case, of the extension of that name; its binary form is text's. */
  private static final String CITEXT = "citext";

  private record Type(
      String kind,
      int base,
      int element,
      boolean array,
      char delimiter,
      int relation,
      int bound,
      String name) {}

  private final CatalogConnection connection;

  CatalogShapes(CatalogConnection connection) {
    this.connection = connection;
  }

  /** The type and all that it is made of, by OID. */
  Map<Integer, TypeShape> read(int oid) {
    Map<Integer, TypeShape> shapes = new HashMap<>();
    try {
      shape(oid, shapes, 0);
    } catch (SQLException e) {
      throw new CatalogException(e);
    }
    return shapes;
  }

  private TypeShape shape(int oid, Map<Integer, TypeShape> shapes, int depth) throws SQLException {
    TypeShape builtin = PostgresqlType.shape(oid);
    if (builtin != null) {
      return builtin;
    }
    TypeShape shape =
        depth > TypeShape.DEEPEST ? TypeShape.Opaque.OPAQUE : made(oid, shapes, depth + 1);
    shapes.put(oid, shape);
    return shape;
  }

  private TypeShape made(int oid, Map<Integer, TypeShape> shapes, int depth) throws SQLException {
    List<Type> found = connection.query(TYPE, CatalogShapes::type, text(oid));
    if (found.isEmpty()) {
      return TypeShape.Opaque.OPAQUE;
    }
    Type type = found.getFirst();
    return switch (type.kind()) {
      case "d" -> shape(type.base(), shapes, depth);
      case "e" -> TypeShape.Scalar.SCALAR;
      case "c" -> new TypeShape.Composite(fields(type.relation(), shapes, depth));
      case "r" -> new TypeShape.Range(shape(type.bound(), shapes, depth));
      case "b" -> base(type, shapes, depth);
      default -> TypeShape.Opaque.OPAQUE;
    };
  }

  private TypeShape base(Type type, Map<Integer, TypeShape> shapes, int depth) throws SQLException {
    if (type.array()) {
      return new TypeShape.Array(shape(type.element(), shapes, depth), type.delimiter());
    }
    return type.name().equals(CITEXT) ? TypeShape.Text.TEXT : TypeShape.Opaque.OPAQUE;
  }

  private List<TypeShape> fields(int relation, Map<Integer, TypeShape> shapes, int depth)
      throws SQLException {
    List<TypeShape> fields = new ArrayList<>();
    for (int field : connection.query(FIELDS, row -> (int) row.getLong(1), text(relation))) {
      fields.add(shape(field, shapes, depth));
    }
    return fields;
  }

  private static Type type(ResultSet row) throws SQLException {
    return new Type(
        row.getString(1),
        (int) row.getLong(2),
        (int) row.getLong(3),
        row.getString(4).equals("A"),
        row.getString(5).charAt(0),
        (int) row.getLong(6),
        (int) row.getLong(7),
        row.getString(8));
  }

  private static String text(int oid) {
    return Integer.toUnsignedString(oid);
  }
}
