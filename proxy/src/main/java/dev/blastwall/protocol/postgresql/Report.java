package dev.blastwall.protocol.postgresql;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an ErrorResponse or a NoticeResponse says ("Error and Notice Message Fields").
 *
 * @param fields the texts by field type, in wire order
 */
record Report(Map<Byte, String> fields) {

  static final byte SEVERITY_LOCALISED = 'S';
  static final byte SEVERITY = 'V';
  static final byte SQL_STATE = 'C';
  static final byte MESSAGE = 'M';
  static final byte DETAIL = 'D';
  static final byte HINT = 'H';
  static final byte WHERE = 'W';
  static final byte INTERNAL_QUERY = 'q';
  static final byte POSITION = 'P';
  static final byte FILE = 'F';
  static final byte LINE = 'L';
  static final byte ROUTINE = 'R';
  static final byte SCHEMA = 's';
  static final byte TABLE = 't';

  /** How bad it is. */
  enum Severity {
    /** The connection ends. */
    FATAL,
    /** The command failed. */
    ERROR,
    /** Something to know. */
    NOTICE
  }

  static Report of(Severity severity, String sqlState, String message) {
    Map<Byte, String> fields = new LinkedHashMap<>();
    // pgjdbc and the Go drivers need V, older clients only know S.
    fields.put(SEVERITY_LOCALISED, severity.name());
    fields.put(SEVERITY, severity.name());
    fields.put(SQL_STATE, sqlState);
    fields.put(MESSAGE, message);
    return new Report(fields);
  }

  /** As this one with {@code field} set; an empty text leaves the field away. */
  Report with(byte field, String text) {
    Map<Byte, String> more = new LinkedHashMap<>(fields);
    if (text.isEmpty()) {
      more.remove(field);
    } else {
      more.put(field, text);
    }
    return new Report(more);
  }

  static Report read(Body body) {
    Map<Byte, String> fields = new LinkedHashMap<>();
    for (byte field = body.int8(); field != 0; field = body.int8()) {
      fields.put(field, body.text());
    }
    body.end();
    return new Report(fields);
  }

  String field(byte field) {
    return fields.getOrDefault(field, "");
  }

  boolean isFatal() {
    String severity = field(SEVERITY);
    return severity.equals("FATAL") || severity.equals("PANIC");
  }
}
