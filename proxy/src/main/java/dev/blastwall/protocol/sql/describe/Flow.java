package dev.blastwall.protocol.sql.describe;

import dev.blastwall.command.ColumnOrigin;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which stored columns' values may be in a value.
 *
 * @param origins the columns
 * @param traced whether these are all
 */
record Flow(Set<ColumnOrigin> origins, boolean traced) {

  static final Flow NONE = new Flow(Set.of(), true);
  static final Flow UNKNOWN = new Flow(Set.of(), false);

  Flow {
    origins = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(origins));
  }

  static Flow of(ColumnOrigin origin) {
    return new Flow(Set.of(origin), true);
  }

  static Flow union(Collection<Flow> flows) {
    Set<ColumnOrigin> all = new LinkedHashSet<>();
    boolean traced = true;
    for (Flow flow : flows) {
      all.addAll(flow.origins);
      traced &= flow.traced;
    }
    return new Flow(all, traced);
  }

  Flow and(Flow other) {
    if (other.origins.isEmpty() && other.traced) {
      return this;
    }
    if (origins.isEmpty() && traced) {
      return other;
    }
    Set<ColumnOrigin> both = new LinkedHashSet<>(origins);
    both.addAll(other.origins);
    return new Flow(both, traced && other.traced);
  }

  Flow untraced() {
    return new Flow(origins, false);
  }

  Flow map(UnaryOperator<ColumnOrigin> change) {
    return new Flow(
        origins.stream().map(change).collect(Collectors.toCollection(LinkedHashSet::new)), traced);
  }

  List<ColumnOrigin> list() {
    return List.copyOf(origins);
  }
}
