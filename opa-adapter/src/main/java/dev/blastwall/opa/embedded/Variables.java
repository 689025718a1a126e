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
 * locals of one method.
 *
 * <p>A local that only one outlined method mentions is private to it, unless the method may read it
 * before it wrote it: then the value may come from an earlier call.
 */
final class Variables {
  private final Map<Integer, Integer> shared = new HashMap<>();
  private final Map<Integer, Block> owners = new HashMap<>();
  private final Set<Integer> read = new HashSet<>();

  private Variables() {}

  static Variables of(Block main, List<Integer> params) {
    Variables variables = new Variables();
    params.forEach(param -> variables.owners.put(param, main));
    variables.collect(main, false);
    return variables;
  }

  private void collect(Block method, boolean isOutlined) {
    Set<Integer> written = new HashSet<>();
    new LocalUse() {
      @Override
      void read(int local) {
        read.add(local);
        own(local, isOutlined && !written.contains(local));
      }

      @Override
      void write(int local) {
        written.add(local);
        own(local, false);
      }

      private void own(int local, boolean mayComeFromOutside) {
        Block owner = owners.putIfAbsent(local, method);
        if ((owner != null && owner != method) || mayComeFromOutside) {
          shared.putIfAbsent(local, shared.size());
        }
      }

      @Override
      void outlined(Statement.Outlined statement) {
        collect(statement.body(), true);
      }
    }.block(method);
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
