package dev.blastwall.opa.embedded;

import dev.blastwall.opa.plan.Block;
import dev.blastwall.opa.plan.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which locals of a function the methods that it was split into have to share. All others are
 * locals of each method that mentions them, which is most of them: rules use the same numbers over
 * and over, and write them before they read them.
 */
final class Variables {
  private final Map<Integer, Integer> shared = new HashMap<>();
  private final Map<Integer, Block> mentions = new HashMap<>();
  private final Set<Integer> mentionedTwice = new HashSet<>();
  private final Set<Integer> read = new HashSet<>();

  private Variables() {}

  static Variables of(Block main, List<Integer> params) {
    Variables variables = new Variables();
    params.forEach(param -> variables.mentions.put(param, main));
    variables.collect(main, true);
    Set<Integer> foreign = ForeignLocals.of(main, params);
    foreign.retainAll(variables.mentionedTwice);
    variables.share(foreign);
    return variables;
  }

  private void collect(Block method, boolean isMain) {
    if (!isMain) {
      share(ForeignLocals.of(method, Set.of()));
    }
    new LocalUse() {
      @Override
      void read(int local) {
        read.add(local);
        write(local);
      }

      @Override
      void write(int local) {
        Block other = mentions.putIfAbsent(local, method);
        if (other != null && other != method) {
          mentionedTwice.add(local);
        }
      }

      @Override
      void outlined(Statement.Outlined statement) {
        collect(statement.body(), false);
      }
    }.block(method);
  }

  private void share(Set<Integer> locals) {
    locals.forEach(local -> shared.putIfAbsent(local, shared.size()));
  }

  /** Whether any statement reads the local. */
  boolean isRead(int local) {
    return read.contains(local);
  }

  boolean isShared(int local) {
    return shared.containsKey(local);
  }

  /** Where a shared local stands in the frame. */
  int frameIndex(int local) {
    return Objects.requireNonNull(shared.get(local));
  }

  int frameSize() {
    return shared.size();
  }

  /** The locals that a method has for itself. */
  Set<Integer> privateTo(Block method) {
    Set<Integer> locals = new LinkedHashSet<>();
    new LocalUse() {
      @Override
      void read(int local) {
        write(local);
      }

      @Override
      void write(int local) {
        if (!isShared(local)) {
          locals.add(local);
        }
      }
    }.block(method);
    return locals;
  }
}
