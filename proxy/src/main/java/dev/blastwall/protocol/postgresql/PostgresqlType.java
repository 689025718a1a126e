package dev.blastwall.protocol.postgresql;

/** What the gateway must know of a type to change its values (pg_type.dat for the OIDs). */
final class PostgresqlType {

  static final int JSON = 114;
  static final int JSONB = 3802;

  /** How a value of a type can be changed. */
  enum Form {
    /** Its text, in both formats, may be any text. */
    TEXT,
    /** Its text must stay JSON. */
    JSON,
    /** It may hold text inside; the only value that surely fits in its place is NULL. */
    COMPOUND,
    /** It holds no text at all. */
    SCALAR
  }

  private PostgresqlType() {}

  static Form form(int oid) {
    return switch (oid) {
      case 19, 25, 142, 705, 1042, 1043 -> Form.TEXT;
      case JSON, JSONB -> Form.JSON;
      case 16,
          17,
          18,
          20,
          21,
          23,
          26,
          27,
          28,
          29,
          700,
          701,
          790,
          1082,
          1083,
          1114,
          1184,
          1186,
          1266,
          1700,
          2950,
          3220,
          600,
          601,
          602,
          603,
          604,
          628,
          718,
          650,
          829,
          774,
          869,
          1560,
          1562 ->
          Form.SCALAR;
      default -> Form.COMPOUND;
    };
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
      case 1082 -> "date";
      case 1083 -> "time without time zone";
      case 1114 -> "timestamp without time zone";
      case 1184 -> "timestamp with time zone";
      case 1186 -> "interval";
      case 1700 -> "numeric";
      case 2249 -> "record";
      case 2950 -> "uuid";
      case JSONB -> "jsonb";
      default -> "type " + Integer.toUnsignedString(oid);
    };
  }
}
