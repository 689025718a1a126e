package dev.blastwall.command;

import java.util.List;

/**
 * A column of a result set.
 *
 * @param name the label on the wire; a client chooses it, so it proves nothing
 * @param type the type's name
 * @param origins every stored column whose value may be in it
 * @param traced whether {@code origins} is known to be all of them
 * @param direct whether it is the stored value itself and nothing computed from it: the ends of a
 *     stored value may be harmless where the ends of something computed are all there was to hide
 */
public record ResultColumn(
    String name, String type, List<ColumnOrigin> origins, boolean traced, boolean direct) {

  public ResultColumn {
    origins = List.copyOf(origins);
  }
}
