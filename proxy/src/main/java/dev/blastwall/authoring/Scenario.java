package dev.blastwall.authoring;

import dev.blastwall.command.Connection;
import dev.blastwall.command.Principal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that somebody does, and what policy must say to it.
 *
 * @param file where it stands
 * @param line where its name stands there, from 1
 * @param name what it shows
 * @param who does it
 * @param application the program that they use
 * @param connection to what
 * @param at when
 * @param sql what they send; empty when they only connect
 * @param expected what must come of it
 */
public record Scenario(
    Path file,
    int line,
    String name,
    Principal who,
    String application,
    Connection connection,
    Instant at,
    Optional<String> sql,
    Expectation expected) {

  /**
   * What must come of a scenario.
   *
   * @param outcome {@code forward}, {@code hold} or {@code refuse}
   * @param reasons codes that must be among the reasons
   * @param masks the method by the name of each masked column, when it matters; then no other
   *     column may be masked
   */
  public record Expectation(
      String outcome, List<String> reasons, Optional<Map<String, String>> masks) {
    public Expectation {
      reasons = List.copyOf(reasons);
      masks = masks.map(Map::copyOf);
    }
  }

  /** For instance {@code scenarios/orders.yaml:12}. */
  public String place() {
    return file + ":" + line;
  }
}
