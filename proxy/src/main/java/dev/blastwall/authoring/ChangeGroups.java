package dev.blastwall.authoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes put together by what changes, the rule that does it, who asks and of what. */
public final class ChangeGroups {

  private final Map<Key, Counted> groups = new LinkedHashMap<>();

  /**
   * What the changes of a group have in common.
   *
   * @param point of the contract
   * @param change for instance {@code forward → refuse}
   * @param rule the codes of the rules that make the difference
   * @param who asks
   * @param connection what is asked
   */
  public record Key(String point, String change, String rule, String who, String connection) {}

  /**
   * A group.
   *
   * @param key what its changes have in common
   * @param count how many they are
   * @param example one of them
   */
  public record Group(Key key, long count, Change example) {}

  private static final class Counted {
    private final Change first;
    private long count;

    Counted(Change first) {
      this.first = first;
    }
  }

  /** Adds one. */
  public void add(Change change) {
    groups.computeIfAbsent(key(change), key -> new Counted(change)).count++;
  }

  /** The largest group first. */
  public List<Group> groups() {
    List<Group> all = new ArrayList<>();
    groups.forEach((key, counted) -> all.add(new Group(key, counted.count, counted.first)));
    all.sort(Comparator.comparingLong(Group::count).reversed());
    return all;
  }

  private static Key key(Change change) {
    RecordedDecision asked = change.asked();
    return new Key(
        asked.point(),
        outcomes(change),
        String.join(", ", rules(change)),
        asked.who(),
        asked.connection());
  }

  private static String outcomes(Change change) {
    String before = change.before().outcome();
    String after = change.after().outcome();
    return before.equals(after) ? after + ", otherwise" : before + " → " + after;
  }

  /** Those that only one of the two has: what a change takes away explains it as well. */
  private static List<String> rules(Change change) {
    List<String> rules = new ArrayList<>();
    change.after().rules().stream()
        .filter(rule -> !change.before().rules().contains(rule))
        .forEach(rule -> rules.add("+" + rule));
    change.before().rules().stream()
        .filter(rule -> !change.after().rules().contains(rule))
        .forEach(rule -> rules.add("-" + rule));
    return rules;
  }
}
