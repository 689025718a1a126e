package dev.blastwall.protocol.sql.resolve;

import dev.blastwall.command.ColumnOrigin;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where values come from.
 *
 * @param all every stored column that may be in them
 * @param traced whether that is known to be all
 */
public record Origins(List<ColumnOrigin> all, boolean traced) {

  /** Nothing is in them. */
  public static final Origins NONE = new Origins(List.of(), true);

  public Origins {
    all = List.copyOf(all);
  }

  /** The values of one stored column. */
  public static Origins of(ColumnOrigin column) {
    return new Origins(List.of(column), true);
  }

  /** The values of all {@code parts} together. */
  public static Origins union(Collection<Origins> parts) {
    Set<ColumnOrigin> all = new LinkedHashSet<>();
    boolean traced = true;
    for (Origins part : parts) {
      all.addAll(part.all);
      traced &= part.traced;
    }
    return new Origins(List.copyOf(all), traced);
  }

  /** These and {@code more}. */
  public Origins and(Origins more) {
    return union(List.of(this, more));
  }
}
