package dev.blastwall.masking;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON document, in the part of JSONPath (RFC 9535) that names members: {@code $},
 * then {@code .name}, {@code ['name']}, {@code .*}, {@code [*]}, or {@code ..name} for a member at
 * any depth. Members of what an array holds are reached by {@code [*]}.
 *
 * @param text as it was written
 * @param steps from the root on
 */
public record JsonPath(String text, List<Step> steps) {

  /**
   * One step down.
   *
   * @param name the member's, or null for every member or element
   * @param deep whether any number of others may stand before it
   */
  public record Step(@Nullable String name, boolean deep) {
    boolean takes(@Nullable String member) {
      return name == null || name.equals(member);
    }
  }

  private static final Pattern STEP =
      Pattern.compile(
          "(\\.\\.)?(?:\\.?([\\pL_][\\pL\\pN_-]*)|\\.?(\\*)|\\['([^']*)'\\]|\\[\"([^\"]*)\"\\]|\\[(\\*)\\])");

  public JsonPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException when it is none, or says more than is understood here
   */
  public static JsonPath parse(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int at = 1;
    while (text.startsWith("$")
        && at < text.length()
        && matcher.find(at)
        && matcher.start() == at) {
      boolean bare = matcher.group(1) == null && text.charAt(at) != '.' && text.charAt(at) != '[';
      if (bare) {
        break;
      }
      steps.add(new Step(name(matcher), matcher.group(1) != null));
      at = matcher.end();
    }
    if (steps.isEmpty() || at != text.length()) {
      throw new IllegalArgumentException(
          "must be a path such as $.address.street, $.cards[*].number or $..ssn");
    }
    return new JsonPath(text, steps);
  }

  private static @Nullable String name(Matcher step) {
    for (int group : new int[] {2, 4, 5}) {
      if (step.group(group) != null) {
        return step.group(group);
      }
    }
    return null;
  }

  /**
   * Whether the path leads to a place.
   *
   * @param members the names on the way there from the root; null for an element of an array
   */
  boolean leadsTo(List<@Nullable String> members) {
    return leadsTo(members, 0, 0);
  }

  private boolean leadsTo(List<@Nullable String> members, int member, int step) {
    if (step == steps.size()) {
      return member == members.size();
    }
    if (member == members.size()) {
      return false;
    }
    Step next = steps.get(step);
    return next.takes(members.get(member)) && leadsTo(members, member + 1, step + 1)
        || next.deep() && leadsTo(members, member + 1, step);
  }
}
