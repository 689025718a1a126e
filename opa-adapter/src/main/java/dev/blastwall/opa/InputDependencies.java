package dev.blastwall.opa;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of an {@code input} the value of an entrypoint depends on, so that a caller can tell that
 * two inputs must be answered alike and keep the answer.
 */
public sealed interface InputDependencies {

  /**
   * What an input looks like to the entrypoint. Inputs with equal keys have equal results under one
   * bundle; collections are equal only if they are the same object, so that a comparison costs
   * little.
   *
   * @return null if nothing can be said: each input must be evaluated
   */
  @Nullable Object key(Value input);

  /**
   * Whether nothing matters but what stands at {@code places} or below them.
   *
   * @param places each as the names of members from the input down
   */
  boolean isWithin(Set<List<String>> places);

  /** Any difference may matter. */
  record Anything() implements InputDependencies {
    /** The one instance. */
    public static final Anything ANYTHING = new Anything();

    @Override
    public @Nullable Object key(Value input) {
      return null;
    }

    @Override
    public boolean isWithin(Set<List<String>> places) {
      return false;
    }
  }

  /**
   * Only what stands at these places matters. A place that is read neither as a whole nor below it
   * matters by whether there is one.
   *
   * @param whole whether all below this place matters
   * @param members the places below this one
   */
  record Place(boolean whole, List<Member> members) implements InputDependencies {
    private static final int PARTS = 32;

    private enum Mark {
      MISSING,
      PRESENT,
      OBJECT
    }

    /** A place and the key under which it stands. */
    public record Member(Value key, Place place) {
      private boolean isWithin(Set<List<String>> places, List<String> above) {
        return key instanceof StringValue name
            && place.isWithin(
                places, Stream.concat(above.stream(), Stream.of(name.text())).toList());
      }
    }

    /** A place and what is below it. */
    public Place {
      members = List.copyOf(members);
    }

    @Override
    public Object key(Value input) {
      List<Object> parts = new ArrayList<>(PARTS);
      collect(input, parts);
      return new InputKey(parts.toArray());
    }

    @Override
    public boolean isWithin(Set<List<String>> places) {
      return isWithin(places, List.of());
    }

    private boolean isWithin(Set<List<String>> places, List<String> path) {
      return places.contains(path)
          || (!whole
              && !members.isEmpty()
              && members.stream().allMatch(member -> member.isWithin(places, path)));
    }

    /** Each place gives one part and, if it is an object that is looked into, those below it. */
    private void collect(@Nullable Value value, List<Object> parts) {
      if (value == null) {
        parts.add(Mark.MISSING);
      } else if (!whole && members.isEmpty()) {
        parts.add(Mark.PRESENT);
      } else if (!whole && value instanceof ObjectValue object) {
        parts.add(Mark.OBJECT);
        for (Member member : members) {
          member.place.collect(object.get(member.key), parts);
        }
      } else {
        parts.add(value);
      }
    }
  }
}
