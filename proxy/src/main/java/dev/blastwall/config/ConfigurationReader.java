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

  private static final int DEFAULT_POSTGRESQL_PORT = 6432;
  private static final int DEFAULT_API_PORT = 8642;
  private static final String LOOPBACK = "127.0.0.1";
  private static final String SELF_SIGNED = "self-signed";

  private final Path file;
  private final FileParsers files;
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
    Supplier<PostgresqlListener> postgresql = listeners(root.section("listeners"));
    Supplier<ApiListener> api = api(root.section("api"));
    Supplier<List<TrustedIssuer>> issuers = issuers(root);
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
            issuers.get(),
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

  private Supplier<PostgresqlListener> listeners(Section listeners) {
    Supplier<PostgresqlListener> postgresql = postgresql(listeners.section("postgresql"));
    listeners.end();
    return postgresql;
  }

  private Supplier<PostgresqlListener> postgresql(Section listener) {
    Supplier<String> address = listener.optional("address", Parsers.TEXT, LOOPBACK);
    Supplier<Integer> port =
        listener.optional("port", Parsers.LISTENING_PORT, DEFAULT_POSTGRESQL_PORT);
    Supplier<ConfiguredTls> tls = tls(listener);
    Supplier<Boolean> cleartext = listener.optional("cleartext_on_loopback", Parsers.FLAG, false);
    listener.end();
    return () -> new PostgresqlListener(address.get(), port.get(), tls.get(), cleartext.get());
  }

  private Supplier<ConfiguredTls> tls(Section listener) {
    if (!listener.isSection("tls")) {
      return listener.optional(
          "tls", ConfigurationReader::selfSigned, new ConfiguredTls.SelfSigned());
    }
    Section tls = listener.section("tls");
    Supplier<Path> certificate = tls.required("certificate", files.existing());
    Supplier<Path> key = tls.required("key", files.existing());
    tls.end();
    return () -> new ConfiguredTls.Provided(certificate.get(), key.get());
  }

  private static ConfiguredTls selfSigned(String text) {
    if (text.equals(SELF_SIGNED)) {
      return new ConfiguredTls.SelfSigned();
    }
    throw new IllegalArgumentException(
        "must be " + SELF_SIGNED + ", or a mapping with certificate and key");
  }

  private static Supplier<ApiListener> api(Section api) {
    Supplier<String> address = api.optional("address", Parsers.LOOPBACK, LOOPBACK);
    Supplier<Integer> port = api.optional("port", Parsers.LISTENING_PORT, DEFAULT_API_PORT);
    api.end();
    return () -> new ApiListener(address.get(), port.get());
  }

  private static Supplier<List<TrustedIssuer>> issuers(Section root) {
    if (!root.has("issuers")) {
      root.problem("issuers", "is missing: without an issuer nobody can sign in");
    }
    IssuerReader reader = new IssuerReader();
    return root.sections("issuers", reader::read);
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
