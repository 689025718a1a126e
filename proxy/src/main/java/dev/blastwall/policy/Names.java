package dev.blastwall.policy;

import dev.blastwall.opa.StringValue;

/** The members of {@code input}, made once: they are put into an object for each command. */
final class Names {

  static final StringValue ACCESS = new StringValue("access");
  static final StringValue ACTORS = new StringValue("actors");
  static final StringValue ADDRESS = new StringValue("address");
  static final StringValue APPLICATION = new StringValue("application");
  static final StringValue CLAIMS = new StringValue("claims");
  static final StringValue CLIENT = new StringValue("client");
  static final StringValue COLUMN = new StringValue("column");
  static final StringValue COLUMNS = new StringValue("columns");
  static final StringValue COMMAND = new StringValue("command");
  static final StringValue COMMANDS = new StringValue("commands");
  static final StringValue CONNECTION = new StringValue("connection");
  static final StringValue DATABASE = new StringValue("database");
  static final StringValue DECISION = new StringValue("decision");
  static final StringValue DESCRIPTION = new StringValue("description");
  static final StringValue DIALECT = new StringValue("dialect");
  static final StringValue DIGEST = new StringValue("digest");
  static final StringValue DIRECT = new StringValue("direct");
  static final StringValue FUNCTIONS = new StringValue("functions");
  static final StringValue GRANT = new StringValue("grant");
  static final StringValue GROUPS = new StringValue("groups");
  static final StringValue HAS_WHERE = new StringValue("has_where");
  static final StringValue ID = new StringValue("id");
  static final StringValue INDEX = new StringValue("index");
  static final StringValue INPUT = new StringValue("input");
  static final StringValue ISSUER = new StringValue("issuer");
  static final StringValue KIND = new StringValue("kind");
  static final StringValue LABELS = new StringValue("labels");
  static final StringValue LIMIT = new StringValue("limit");
  static final StringValue MASKED_TOKENS = new StringValue("masked_tokens");
  static final StringValue NAME = new StringValue("name");
  static final StringValue NOW_NS = new StringValue("now_ns");
  static final StringValue ORIGINS = new StringValue("origins");
  static final StringValue PARAMETERS = new StringValue("parameters");
  static final StringValue PARENT = new StringValue("parent");
  static final StringValue POINT = new StringValue("point");
  static final StringValue PRINCIPAL = new StringValue("principal");
  static final StringValue PROTOCOL = new StringValue("protocol");
  static final StringValue RESULT = new StringValue("result");
  static final StringValue SCHEMA = new StringValue("schema");
  static final StringValue SESSION = new StringValue("session");
  static final StringValue SIDE_EFFECTS = new StringValue("side_effects");
  static final StringValue STATEMENTS = new StringValue("statements");
  static final StringValue SUBJECT = new StringValue("subject");
  static final StringValue TABLE = new StringValue("table");
  static final StringValue TABLES = new StringValue("tables");
  static final StringValue TEXT = new StringValue("text");
  static final StringValue TIME = new StringValue("time");
  static final StringValue TLS = new StringValue("tls");
  static final StringValue TRACED = new StringValue("traced");
  static final StringValue TYPE = new StringValue("type");
  static final StringValue UNDERSTANDING = new StringValue("understanding");
  static final StringValue USE = new StringValue("use");
  static final StringValue VERSION = new StringValue("version");

  private Names() {}
}
