package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.sql.resolve.Behind;
import dev.blastwall.protocol.sql.resolve.KnownRelation;
import dev.blastwall.protocol.sql.resolve.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names in a text that the server printed for an empty search path: what is not qualified is the
 * server's own.
 */
record PrintedNames(Names names) implements Names {

  @Override
  public List<KnownRelation> relations(@Nullable String schema, String name) {
    return names.relations(schema == null ? CatalogNames.OWN_SCHEMA : schema, name);
  }

  @Override
  public List<String> functions(String name) {
    return names.functions(name);
  }

  @Override
  public List<String> overloads(String name) {
    return List.of();
  }

  @Override
  public Behind code(String function) {
    return names.code(function);
  }

  @Override
  public List<String> operators() {
    return names.operators();
  }

  @Override
  public boolean operatorsRunCode() {
    return names.operatorsRunCode();
  }
}
