package dev.blastwall.protocol.sql.describe;

import java.util.List;

/**
 * An item of FROM.
 *
 * @param relations what it brings into scope
 * @param merged whether some of their columns are merged by USING or NATURAL
 */
record FromItem(List<Relation> relations, boolean merged) {

  static FromItem of(Relation relation) {
    return new FromItem(List.of(relation), false);
  }
}
