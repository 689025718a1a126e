package dev.blastwall.policy;

import dev.blastwall.command.Audience;
import dev.blastwall.command.Session;
import java.util.List;
import java.util.Map;

/**
 * Several sets of policies, one of which decides about a session for its whole life, and perhaps
 * another that shadows it.
 */
public final class StagedPolicy implements Policy {

  private final List<Stage> stages;
  private final Map<String, Shadow> shadows;

  /**
   * A set of policies that decides about some sessions.
   *
   * @param set its name
   * @param audience whom it decides about, where no stage before it does
   */
  public record Stage(String set, Audience audience, Policy policy) {

    private boolean includes(Session session) {
      return audience.includes(session, set);
    }
  }

  /**
   * Stages of which the first that includes a session decides about it.
   *
   * @param stages the last one includes everybody
   * @param shadows by the name of the connection
   */
  public StagedPolicy(List<Stage> stages, Map<String, Shadow> shadows) {
    this.stages = List.copyOf(stages);
    this.shadows = Map.copyOf(shadows);
  }

  @Override
  public SessionPolicy of(Session session) {
    Stage stage = stages.stream().filter(some -> some.includes(session)).findFirst().orElseThrow();
    SessionPolicy decides = stage.policy().of(session);
    Shadow shadow = shadows.get(session.connection().name());
    return shadow == null || shadow.set().equals(stage.set())
        ? decides
        : shadow.behind(decides, session);
  }
}
