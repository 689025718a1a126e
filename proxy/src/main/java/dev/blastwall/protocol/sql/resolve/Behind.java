package dev.blastwall.protocol.sql.resolve;

import dev.blastwall.command.ColumnUse;
import dev.blastwall.command.TableAccess;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a statement does besides, because of a relation that it names.
 *
 * @param tables the relations that it touches by this
 * @param columns their columns that decide about rows, or are changed
 * @param functions the functions that run, qualified unless they are the server's own
 * @param sideEffects what else happens, in the words of {@link
 *     dev.blastwall.command.SqlStatement#sideEffects}
 * @param understood whether this is all
 * @param runsCode whether code runs that nothing here names: a trigger, a row's security policy
 * @param answers whether it may add results that the text tells nothing of, as a rule does
 */
public record Behind(
    List<TableAccess> tables,
    List<ColumnUse> columns,
    List<String> functions,
    List<String> sideEffects,
    boolean understood,
    boolean runsCode,
    boolean answers) {

  /** Nothing more than what the text says. */
  public static final Behind NOTHING =
      new Behind(List.of(), List.of(), List.of(), List.of(), true, false, false);

  /** Nobody knows what. */
  public static final Behind NOT_UNDERSTOOD =
      new Behind(List.of(), List.of(), List.of(), List.of(), false, true, true);

  public Behind {
    tables = List.copyOf(tables);
    columns = List.copyOf(columns);
    functions = List.copyOf(functions);
    sideEffects = List.copyOf(sideEffects);
  }

  /** All of {@code parts}. */
  public static Behind union(Collection<Behind> parts) {
    return new Behind(
        united(parts, Behind::tables),
        united(parts, Behind::columns),
        united(parts, Behind::functions),
        united(parts, Behind::sideEffects),
        parts.stream().allMatch(Behind::understood),
        parts.stream().anyMatch(Behind::runsCode),
        parts.stream().anyMatch(Behind::answers));
  }

  private static <T> List<T> united(Collection<Behind> parts, Function<Behind, List<T>> of) {
    Set<T> all = new LinkedHashSet<>();
    parts.forEach(part -> all.addAll(of.apply(part)));
    return List.copyOf(all);
  }
}
