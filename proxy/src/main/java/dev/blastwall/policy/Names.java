package dev.blastwall.policy;

import dev.blastwall.opa.StringValue;

/** The members of {@code input}, made once: they are put into an object for each command. */
final class Names {

  static final StringValue ACCESS = StringValue.name("access");
  static final StringValue ACTORS = StringValue.name("actors");
  static final StringValue ADDRESS = StringValue.name("address");
  static final StringValue APPLICATION = StringValue.name("application");
  static final StringValue CLAIMS = StringValue.name("claims");
  static final StringValue CLIENT = StringValue.name("client");
  static final StringValue COLUMN = StringValue.name("column");
  static final StringValue COLUMNS = StringValue.name("columns");
  static final StringValue COMMAND = StringValue.name("command");
  static final StringValue COMMANDS = StringValue.name("commands");
  static final StringValue CONNECTION = StringValue.name("connection");
  static final StringValue DATABASE = StringValue.name("database");
  static final StringValue DECISION = StringValue.name("decision");
  static final StringValue DESCRIPTION = StringValue.name("description");
  static final StringValue DIALECT = StringValue.name("dialect");
  static final StringValue DIGEST = StringValue.name("digest");
  static final StringValue DIRECT = StringValue.name("direct");
  static final StringValue FUNCTIONS = StringValue.name("functions");
  static final StringValue GRANT = StringValue.name("grant");
  static final StringValue GROUPS = StringValue.name("groups");
  static final StringValue HAS_WHERE = StringValue.name("has_where");
  static final StringValue ID = StringValue.name("id");
  static final StringValue INDEX = StringValue.name("index");
  static final StringValue INPUT = StringValue.name("input");
  static final StringValue ISSUER = StringValue.name("issuer");
  static final StringValue KIND = StringValue.name("kind");
  static final StringValue LABELS = StringValue.name("labels");
  static final StringValue LIMIT = StringValue.name("limit");
  static final StringValue MODE = StringValue.name("mode");
  static final StringValue MASKED_TOKENS = StringValue.name("masked_tokens");
  static final StringValue NAME = StringValue.name("name");
  static final StringValue NOW_NS = StringValue.name("now_ns");
  static final StringValue ORIGINS = StringValue.name("origins");
  static final StringValue PARAMETERS = StringValue.name("parameters");
  static final StringValue PARENT = StringValue.name("parent");
  static final StringValue POINT = StringValue.name("point");
  static final StringValue PRINCIPAL = StringValue.name("principal");
  static final StringValue PROTOCOL = StringValue.name("protocol");
  static final StringValue RESULT = StringValue.name("result");
  static final StringValue SCHEMA = StringValue.name("schema");
  static final StringValue SESSION = StringValue.name("session");
  static final StringValue SIDE_EFFECTS = StringValue.name("side_effects");
  static final StringValue STATEMENTS = StringValue.name("statements");
  static final StringValue SUBJECT = StringValue.name("subject");
  static final StringValue TABLE = StringValue.name("table");
  static final StringValue TABLES = StringValue.name("tables");
  static final StringValue TEXT = StringValue.name("text");
  static final StringValue TIME = StringValue.name("time");
  static final StringValue TLS = StringValue.name("tls");
  static final StringValue TRACED = StringValue.name("traced");
  static final StringValue TYPE = StringValue.name("type");
  static final StringValue UNDERSTANDING = StringValue.name("understanding");
  static final StringValue USE = StringValue.name("use");
  static final StringValue VERSION = StringValue.name("version");

  private Names() {}
}
