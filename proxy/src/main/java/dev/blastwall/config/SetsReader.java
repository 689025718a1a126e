package dev.blastwall.config;

import dev.blastwall.command.Audience;
import dev.blastwall.opa.bundle.BundleConfig;
import dev.blastwall.yaml.Parsers;
import dev.blastwall.yaml.Section;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads {@code policy.sets}: more sets of bundles, for some sessions or for shadows. */
final class SetsReader {

  /** Without dots, for one divides it from the names of its bundles. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,31}");

  private static final Pattern PERCENTAGE = Pattern.compile("[0-9]{1,3}([.][0-9]{1,2})?%");

  private final BundlesReader bundles;

  SetsReader(BundlesReader bundles) {
    this.bundles = bundles;
  }

  /**
   * Reads all sets.
   *
   * @param shadows the sets that connections name as their shadow
   */
  Supplier<List<ConfiguredSet>> read(Section policy, BundleKeys keys, Set<String> shadows) {
    Section sets = policy.section("sets");
    List<Supplier<ConfiguredSet>> all = new ArrayList<>();
    for (String name : sets.keys()) {
      if (!NAME.matcher(name).matches() || name.equals(ConfiguredSet.MAIN)) {
        sets.problem(
            name, "a name has only letters, digits, hyphens, underscores, and is not main");
      }
      refuseNamesakes(policy, name);
      all.add(set(name, sets.section(name), keys, shadows.contains(name)));
    }
    return () -> all.stream().map(Supplier::get).toList();
  }

  private static void refuseNamesakes(Section policy, String set) {
    if (policy.isSection("bundles")) {
      Section main = policy.section("bundles");
      main.keys().stream()
          .filter(bundle -> bundle.startsWith(set + "."))
          .forEach(bundle ->
              main.problem(bundle, "begins as the names of the bundles of policy.sets." + set));
    }
  }

  private Supplier<ConfiguredSet> set(
      String name, Section section, BundleKeys keys, boolean shadows) {
    Supplier<List<BundleConfig>> own = bundles.read(section, name + ".", keys);
    Supplier<Integer> share = section.optional("share", SetsReader::share, 0);
    Supplier<List<String>> subjects = section.list("subjects", Parsers.TEXT, List.of());
    Supplier<List<String>> groups = section.list("groups", Parsers.TEXT, List.of());
    if (!shadows && !section.has("share") && !section.has("subjects") && !section.has("groups")) {
      section.problem(
          "is of no use: give it share, subjects or groups, or name it as the shadow of a"
              + " connection");
    }
    section.end();
    return () ->
        new ConfiguredSet(
            name,
            own.get(),
            new Audience(share.get(), Set.copyOf(subjects.get()), Set.copyOf(groups.get())));
  }

  private static int share(String text) {
    if (PERCENTAGE.matcher(text).matches()) {
      BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
      int share = percent.movePointRight(2).intValueExact();
      if (share > 0 && share <= Audience.WHOLE) {
        return share;
      }
    }
    throw new IllegalArgumentException("must be a percentage from 0.01% to 100%, for instance 10%");
  }
}
