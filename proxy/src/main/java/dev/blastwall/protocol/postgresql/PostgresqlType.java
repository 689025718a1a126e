package dev.blastwall.protocol.postgresql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the gateway must know of a type to change its values (pg_type.dat for the OIDs). */
final class PostgresqlType {

  static final int JSON = 114;
  static final int JSONB = 3802;

  private static final int UUID = 2950;
  private static final int DATE = 1082;
  private static final int TIMESTAMP = 1114;
  private static final int TIMESTAMPTZ = 1184;
  private static final int RECORD_OID = 2249;

  private PostgresqlType() {}

  private static final TypeShape RECORD = new TypeShape.Composite(List.of());

  /** The shape of a type that every database has, or null for any other type. */
  static @Nullable TypeShape shape(int oid) {
    TypeShape plain = plain(oid);
    return plain == null ? made(oid) : plain;
  }

  private static @Nullable TypeShape plain(int oid) {
    return switch (oid) {
      case 19, 25, 142, 705, 1042, 1043 -> TypeShape.Text.TEXT;
      case JSON -> new TypeShape.Json(false);
      case JSONB -> new TypeShape.Json(true);
      case UUID -> TypeShape.Identifier.UUID;
      case DATE -> TypeShape.Time.DATE;
      case TIMESTAMP, TIMESTAMPTZ -> TypeShape.Time.TIMESTAMP;
      case 16, 17, 18, 20, 21, 23, 26, 27, 28, 29, 700, 701, 790, 1083, 1186, 1266, 1700 ->
          TypeShape.Scalar.SCALAR;
      case 600, 601, 602, 603, 604, 628, 650, 718, 774, 829, 869, 1560, 1562, 3220 ->
          TypeShape.Scalar.SCALAR;
      default -> null;
    };
  }

  private static @Nullable TypeShape made(int oid) {
    return switch (oid) {
      case 1003, 1009, 1014, 1015, 143 -> array(TypeShape.Text.TEXT);
      case 199 -> array(new TypeShape.Json(false));
      case 3807 -> array(new TypeShape.Json(true));
      case 2951 -> array(TypeShape.Identifier.UUID);
      case 1182 -> array(TypeShape.Time.DATE);
      case 1115, 1185 -> array(TypeShape.Time.TIMESTAMP);
      case 1000, 1001, 1005, 1007, 1016, 1021, 1022, 1028, 1041, 1183, 1187, 1231, 1270 ->
          array(TypeShape.Scalar.SCALAR);
      case RECORD_OID -> RECORD;
      case 2287 -> array(RECORD);
      case 3904, 3906, 3926 -> new TypeShape.Range(TypeShape.Scalar.SCALAR);
      case 3908, 3910 -> new TypeShape.Range(TypeShape.Time.TIMESTAMP);
      case 3912 -> new TypeShape.Range(TypeShape.Time.DATE);
      default -> null;
    };
  }

  private static TypeShape array(TypeShape element) {
    return new TypeShape.Array(element, ',');
  }

  /** The name as format_type() writes it, for the types that every database has. */
  static String name(int oid) {
    return switch (oid) {
      case 16 -> "boolean";
      case 17 -> "bytea";
      case 19 -> "name";
      case 20 -> "bigint";
      case 21 -> "smallint";
      case 23 -> "integer";
      case 25 -> "text";
      case 26 -> "oid";
      case JSON -> "json";
      case 142 -> "xml";
      case 700 -> "real";
      case 701 -> "double precision";
      case 705 -> "unknown";
      case 869 -> "inet";
      case 1009 -> "text[]";
      case 1042 -> "character";
      case 1043 -> "character varying";
      case DATE -> "date";
      case 1083 -> "time without time zone";
      case TIMESTAMP -> "timestamp without time zone";
      case TIMESTAMPTZ -> "timestamp with time zone";
      case 1186 -> "interval";
      case 1700 -> "numeric";
      case RECORD_OID -> "record";
      case UUID -> "uuid";
      case JSONB -> "jsonb";
      default -> "type " + Integer.toUnsignedString(oid);
    };
  }
}
