package dev.blastwall.protocol.postgresql;

/**
 * What a Describe or a Close names.
 *
 * @param ofStatement whether it is a statement, else it is a portal
 * @param name its name
 */
record Target(boolean ofStatement, String name) {

  static Target read(Body body) {
    byte kind = body.int8();
    if (kind != 'S' && kind != 'P') {
      throw ProtocolViolation.malformed("neither a statement nor a portal");
    }
    Target target = new Target(kind == 'S', body.text());
    body.end();
    return target;
  }

  boolean isStatement(String statement) {
    return ofStatement && name.equals(statement);
  }
}
