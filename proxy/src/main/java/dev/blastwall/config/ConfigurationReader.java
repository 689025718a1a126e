package dev.blastwall.config;

import dev.blastwall.identity.TrustedIssuer;
import dev.blastwall.masking.MaskingKey;
import dev.blastwall.yaml.InvalidFileException;
import dev.blastwall.yaml.Parser;
import dev.blastwall.yaml.Parsers;
import dev.blastwall.yaml.Section;
import dev.blastwall.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads the file from the root down; the sections have readers of their own. */
final class ConfigurationReader {

  /** What a client can say as a database name, without the slash that separates the database. */
  private static final Pattern CONNECTION_NAME =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");

  private static final int DEFAULT_API_PORT = 8642;
  private static final String LOOPBACK = "127.0.0.1";

  private final Path file;
  private final FileParsers files;
  private final IssuerReader issuers = new IssuerReader();
  private final UpstreamReader upstreams;
  private final PolicyReader policy;
  private final DecisionLogsReader decisionLogs;

  ConfigurationReader(Path file, UnaryOperator<String> environment) {
    this.file = file;
    this.files = new FileParsers(file);
    this.upstreams = new UpstreamReader(files, environment);
    SecretRefs secrets = new SecretRefs(files, environment);
    this.policy = new PolicyReader(files, secrets);
    this.decisionLogs = new DecisionLogsReader(files, secrets);
  }

  Configuration read() throws InvalidFileException {
    return YamlFile.read(file, this::root);
  }

  private Supplier<Configuration> root(Section root) {
    Supplier<List<TrustedIssuer>> trusted = issuers(root);
    Supplier<Map<String, PostgresqlListener>> postgresql =
        new PostgresqlListenerReader(files, issuers.names()).read(root.section("listeners"));
    Supplier<ApiListener> api = api(root.section("api"));
    Section judges = root.section("policy");
    Set<String> shadows = new HashSet<>();
    Supplier<Map<String, ConfiguredConnection>> connections =
        connections(root.section("connections"), text -> shadow(text, sets(judges), shadows));
    Supplier<ConfiguredPolicy> judging = policy.read(judges, shadows);
    Supplier<Path> data = folder(root.section("data"), () -> files.any().parse(".blastwall"));
    Supplier<Path> recordings =
        folder(root.section("recording"), () -> data.get().resolve("recordings"));
    Supplier<DecisionLogs> logs = decisionLogs.read(root.section("decision_logs"), data);
    Supplier<Optional<Path>> maskingKey = masking(root.section("masking"));
    root.end();
    return () ->
        new Configuration(
            postgresql.get(),
            api.get(),
            trusted.get(),
            connections.get(),
            judging.get().engine(),
            judging.get().bundles(),
            judging.get().sets(),
            logs.get(),
            recordings.get(),
            data.get(),
            maskingKey.get());
  }

  private Supplier<Optional<Path>> masking(Section masking) {
    Supplier<Optional<Path>> key = masking.optional("key", this::maskingKey);
    masking.end();
    return key;
  }

  private Path maskingKey(String text) {
    Path path = files.existing().parse(text);
    try {
      MaskingKey unused = MaskingKey.read(path);
    } catch (IOException e) {
      throw new IllegalArgumentException("no readable file at " + path, e);
    }
    return path;
  }

  private static List<String> sets(Section policy) {
    return policy.isSection("sets") ? policy.section("sets").keys() : List.of();
  }

  private static String shadow(String name, List<String> sets, Set<String> shadows) {
    if (!sets.contains(name)) {
      throw new IllegalArgumentException("there is no such set below policy.sets");
    }
    shadows.add(name);
    return name;
  }

  private static Supplier<ApiListener> api(Section api) {
    Supplier<String> address = api.optional("address", Parsers.LOOPBACK, LOOPBACK);
    Supplier<Integer> port = api.optional("port", Parsers.LISTENING_PORT, DEFAULT_API_PORT);
    api.end();
    return () -> new ApiListener(address.get(), port.get());
  }

  private Supplier<List<TrustedIssuer>> issuers(Section root) {
    if (!root.has("issuers")) {
      root.problem("issuers", "is missing: without an issuer nobody can sign in");
    }
    return root.sections("issuers", issuers::read);
  }

  private Supplier<Map<String, ConfiguredConnection>> connections(
      Section connections, Parser<String> shadow) {
    if (connections.keys().isEmpty()) {
      connections.problem("is missing: without a connection there is nothing to reach");
    }
    Map<String, Supplier<ConfiguredConnection>> all = new LinkedHashMap<>();
    for (String name : connections.keys()) {
      if (!CONNECTION_NAME.matcher(name).matches()) {
        connections.problem(name, "a name has only letters, digits, dots, hyphens, underscores");
      }
      all.put(name, upstreams.connection(name, connections.section(name), shadow));
    }
    return () -> {
      Map<String, ConfiguredConnection> read = new LinkedHashMap<>();
      all.forEach((name, connection) -> read.put(name, connection.get()));
      return read;
    };
  }

  private Supplier<Path> folder(Section section, Supplier<Path> otherwise) {
    Supplier<Optional<Path>> folder = section.optional("folder", files.any());
    section.end();
    return () -> folder.get().orElseGet(otherwise);
  }
}
