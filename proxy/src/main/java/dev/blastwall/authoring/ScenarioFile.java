package dev.blastwall.authoring;

import dev.blastwall.authoring.Scenario.Expectation;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Principal.Actor;
import dev.blastwall.command.Principal.Kind;
import dev.blastwall.yaml.InvalidFileException;
import dev.blastwall.yaml.Parser;
import dev.blastwall.yaml.Parsers;
import dev.blastwall.yaml.Section;
import dev.blastwall.yaml.YamlFile;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads scenarios.
 *
 * <pre>
 * who:
 *   alice: {groups: [engineers]}
 *   bot: {subject: alice, groups: [engineers], actors: [{subject: bot, kind: agent}]}
 * connections:
 *   shop: {labels: {tier: gold}}
 * scenarios:
 *   - name: Engineers read orders
 *     who: alice
 *     on: shop
 *     sql: select * from orders
 *     expect: forward
 * </pre>
 */
final class ScenarioFile {

  private static final String ISSUER = "https://issuer.example.org";

  private static final Parser<String> OUTCOME =
      text -> {
        if (Set.of("forward", "hold", "refuse").contains(text)) {
          return text;
        }
        throw new IllegalArgumentException("must be forward, hold or refuse");
      };

  private static final Parser<Instant> TIME =
      text -> {
        try {
          return Instant.parse(text);
        } catch (DateTimeException e) {
          throw new IllegalArgumentException("must be a time such as 2026-05-04T09:30:00Z", e);
        }
      };

  private final Path file;
  private Map<String, Supplier<Principal>> people = Map.of();
  private Map<String, Supplier<Connection>> connections = Map.of();

  private ScenarioFile(Path file) {
    this.file = file;
  }

  static List<Scenario> read(Path file) throws InvalidFileException {
    return YamlFile.read(file, root -> new ScenarioFile(file).scenarios(root));
  }

  private Supplier<List<Scenario>> scenarios(Section root) {
    people = named(root.section("who"), ScenarioFile::principal);
    connections = named(root.section("connections"), ScenarioFile::connection);
    if (!root.has("scenarios")) {
      root.problem("scenarios", "is missing: there is nothing to try");
    }
    Supplier<List<Scenario>> all = root.sections("scenarios", this::scenario);
    root.end();
    return all;
  }

  private interface Reader<T> {
    Supplier<T> read(String name, Section section);
  }

  private static <T> Map<String, Supplier<T>> named(Section section, Reader<T> reader) {
    Map<String, Supplier<T>> all = new LinkedHashMap<>();
    for (String name : section.keys()) {
      all.put(name, reader.read(name, section.section(name)));
    }
    return all;
  }

  private static Supplier<Principal> principal(String name, Section section) {
    Supplier<String> subject = section.optional("subject", Parsers.TEXT, name);
    Supplier<String> issuer = section.optional("issuer", Parsers.TEXT, ISSUER);
    Supplier<Kind> kind = section.optional("kind", Parsers.oneOf(Kind.class), Kind.PERSON);
    Supplier<List<String>> groups = section.list("groups", Parsers.TEXT, List.of());
    Supplier<Map<String, Object>> claims = section.json("claims");
    Supplier<List<Actor>> actors = section.sections("actors", ScenarioFile::actor);
    section.end();
    return () ->
        new Principal(
            subject.get(), issuer.get(), kind.get(), groups.get(), claims.get(), actors.get());
  }

  private static Supplier<Actor> actor(Section section) {
    Supplier<String> subject = section.required("subject", Parsers.TEXT);
    Supplier<String> issuer = section.optional("issuer", Parsers.TEXT, ISSUER);
    Supplier<Kind> kind = section.optional("kind", Parsers.oneOf(Kind.class), Kind.AGENT);
    section.end();
    return () -> new Actor(subject.get(), issuer.get(), kind.get());
  }

  private static Supplier<Connection> connection(String name, Section section) {
    Supplier<String> database = section.optional("database", Parsers.TEXT, name);
    Supplier<Map<String, String>> labels = texts(section.section("labels"));
    section.end();
    return () -> new Connection(name, "postgresql", database.get(), labels.get());
  }

  private static Supplier<Map<String, String>> texts(Section section) {
    Map<String, Supplier<String>> texts = new LinkedHashMap<>();
    for (String key : section.keys()) {
      texts.put(key, section.required(key, Parsers.TEXT));
    }
    return () -> {
      Map<String, String> read = new HashMap<>();
      texts.forEach((key, text) -> read.put(key, text.get()));
      return read;
    };
  }

  private Supplier<Scenario> scenario(Section section) {
    Supplier<String> name = section.required("name", Parsers.TEXT);
    Supplier<Principal> who = reference(section, "who", people);
    Supplier<Connection> on = reference(section, "on", connections);
    Supplier<String> application = section.optional("application", Parsers.TEXT, "psql");
    Supplier<Instant> at = section.optional("at", TIME, Instant.now());
    Supplier<Optional<String>> sql = section.optional("sql", Parsers.TEXT);
    Supplier<Expectation> expected = expectation(section);
    section.end();
    return () ->
        new Scenario(
            file,
            section.line(),
            name.get(),
            who.get(),
            application.get(),
            on.get(),
            at.get(),
            sql.get(),
            expected.get());
  }

  /** A name that the file defines; where it defines only one, that may be left out. */
  private static <T> Supplier<T> reference(
      Section section, String key, Map<String, Supplier<T>> defined) {
    if (!section.has(key) && defined.size() == 1) {
      return defined.values().iterator().next();
    }
    Supplier<Supplier<T>> named =
        section.required(
            key,
            text -> {
              Supplier<T> known = defined.get(text);
              if (known == null) {
                throw new IllegalArgumentException(
                    "is not defined in this file; defined are: "
                        + String.join(", ", defined.keySet()));
              }
              return known;
            });
    return () -> named.get().get();
  }

  private static Supplier<Expectation> expectation(Section section) {
    if (!section.isSection("expect")) {
      Supplier<String> outcome = section.required("expect", OUTCOME);
      return () -> new Expectation(outcome.get(), List.of(), Optional.empty());
    }
    Section expected = section.section("expect");
    Supplier<String> outcome = expected.required("outcome", OUTCOME);
    Supplier<List<String>> reasons = expected.list("reasons", Parsers.TEXT, List.of());
    boolean masked = expected.has("masks");
    Supplier<Map<String, String>> masks = texts(expected.section("masks"));
    expected.end();
    return () ->
        new Expectation(
            outcome.get(), reasons.get(), masked ? Optional.of(masks.get()) : Optional.empty());
  }
}
