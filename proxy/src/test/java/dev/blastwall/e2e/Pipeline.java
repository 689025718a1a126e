package dev.blastwall.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What a pipeline file lets a system run, in order, as if every condition held. Of a system's
 * language, only what these files use is known; anything else is an error.
 */
record Pipeline(List<Step> steps) {

  private static final Pattern GITHUB = Pattern.compile("\\$\\{\\{ *([^}]+?) *}}");
  private static final Pattern GITLAB = Pattern.compile("\\$([A-Z0-9_]+)");
  private static final Pattern AZURE = Pattern.compile("\\$\\(([A-Za-z_.]+)\\)");

  /**
   * A step.
   *
   * @param job that it belongs to
   * @param environment what the system sets for it, besides its own
   * @param always whether it also runs when another one failed
   */
  record Step(String job, String script, Map<String, String> environment, boolean always) {
    /** The word after the program. */
    String name() {
      return script.substring(script.indexOf(' ') + 1);
    }
  }

  /**
   * Of {@code .github/workflows/*.yml}: variables reach a step only by its {@code env}.
   *
   * @param context by expression, such as {@code secrets.TOKEN}; a variable that nobody set is
   *     empty
   */
  static Pipeline github(Path folder, Map<String, String> context) throws IOException {
    List<Step> steps = new ArrayList<>();
    Map<String, Object> jobs =
        map(load(folder.resolve(".github/workflows/policy.yml")).get("jobs"));
    jobs.forEach((name, job) -> {
      for (Map<String, Object> step : maps(map(job).get("steps"))) {
        if (step.containsKey("run")) {
          Map<String, String> environment =
              resolved(step.get("env"), GITHUB, key -> context.getOrDefault(key, ""));
          boolean always = String.valueOf(step.get("if")).startsWith("always()");
          steps.add(new Step(name, text(step.get("run")), environment, always));
        }
      }
    });
    return new Pipeline(steps);
  }

  /** Of {@code .gitlab-ci.yml}: every variable reaches every step. */
  static Pipeline gitlab(Path folder, Map<String, String> variables) throws IOException {
    List<Step> steps = new ArrayList<>();
    Map<String, Object> file = load(folder.resolve(".gitlab-ci.yml"));
    for (Object stage : list(file.get("stages"))) {
      String name = text(stage);
      Map<String, Object> job = map(Objects.requireNonNull(file.get(name), name));
      Map<String, String> environment = new HashMap<>(variables);
      environment.putAll(
          resolved(job.get("variables"), GITLAB, key -> variables.getOrDefault(key, "")));
      list(job.get("script"))
          .forEach(line -> steps.add(new Step(name, text(line), environment, false)));
      list(job.get("after_script"))
          .forEach(line -> steps.add(new Step(name, text(line), environment, true)));
    }
    return new Pipeline(steps);
  }

  /**
   * Of {@code azure-pipelines.yml}: variables reach every step, secrets only by its {@code env}.
   * What nobody set stays as it stands.
   */
  static Pipeline azure(Path folder, Map<String, String> variables, Map<String, String> secrets)
      throws IOException {
    List<Step> steps = new ArrayList<>();
    for (Map<String, Object> stage :
        maps(load(folder.resolve("azure-pipelines.yml")).get("stages"))) {
      for (Map<String, Object> job : maps(stage.get("jobs"))) {
        for (Map<String, Object> step : maps(azureSteps(job))) {
          if (step.containsKey("bash")) {
            Map<String, String> environment = new HashMap<>(variables);
            environment.putAll(
                resolved(
                    step.get("env"),
                    AZURE,
                    key ->
                        secrets.getOrDefault(key, variables.getOrDefault(key, "$(" + key + ")"))));
            boolean always = String.valueOf(step.get("condition")).contains("always()");
            steps.add(
                new Step(text(stage.get("stage")), text(step.get("bash")), environment, always));
          }
        }
      }
    }
    return new Pipeline(steps);
  }

  private static Object azureSteps(Map<String, Object> job) {
    return job.containsKey("steps")
        ? job.get("steps")
        : map(map(map(job.get("strategy")).get("runOnce")).get("deploy")).get("steps");
  }

  private static Map<String, String> resolved(
      Object environment, Pattern expression, UnaryOperator<String> value) {
    Map<String, String> resolved = new LinkedHashMap<>();
    if (environment != null) {
      map(environment)
          .forEach((name, text) ->
              resolved.put(
                  name,
                  expression
                      .matcher(text(text))
                      .replaceAll(found -> Matcher.quoteReplacement(value.apply(found.group(1))))));
    }
    return resolved;
  }

  private static Map<String, Object> load(Path file) throws IOException {
    Load load = new Load(LoadSettings.builder().setLabel(file.toString()).build());
    return map(load.loadFromString(Files.readString(file)));
  }

  private static String text(Object value) {
    return String.valueOf(value).strip();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static List<?> list(Object value) {
    return value == null ? List.of() : (List<?>) value;
  }

  private static List<Map<String, Object>> maps(Object value) {
    return list(value).stream().map(Pipeline::map).toList();
  }
}
