package dev.blastwall.config;

import dev.blastwall.command.Connection;
import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.yaml.Parser;
import dev.blastwall.yaml.Parsers;
import dev.blastwall.yaml.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Reads {@code connections.NAME}, with the credential that it refers to. */
final class UpstreamReader {

  private static final String POSTGRESQL = "postgresql";
  private static final int DEFAULT_PORT = 5432;
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

  private final FileParsers files;
  private final UnaryOperator<String> environment;

  UpstreamReader(FileParsers files, UnaryOperator<String> environment) {
    this.files = files;
    this.environment = environment;
  }

  /**
   * Reads a connection.
   *
   * @param shadow reads the name of its shadow
   */
  Supplier<ConfiguredConnection> connection(String name, Section section, Parser<String> shadow) {
    Supplier<String> protocol = section.required("protocol", UpstreamReader::protocol);
    Supplier<Map<String, String>> labels = labels(section.section("labels"));
    Section below = section.section("upstream");
    Supplier<Upstream> upstream = upstream(below);
    Supplier<Optional<String>> shadowed = section.optional("shadow", shadow);
    section.end();
    return () -> {
      Upstream to = upstream.get();
      return new ConfiguredConnection(
          new Connection(name, protocol.get(), to.database(), labels.get()), to, shadowed.get());
    };
  }

  static String protocol(String text) {
    if (text.equals(POSTGRESQL)) {
      return text;
    }
    throw new IllegalArgumentException("must be " + POSTGRESQL);
  }

  private static Supplier<Map<String, String>> labels(Section section) {
    Map<String, Supplier<String>> labels = new LinkedHashMap<>();
    section.keys().forEach(key -> labels.put(key, section.required(key, text -> text)));
    return () -> {
      Map<String, String> read = new LinkedHashMap<>();
      labels.forEach((key, value) -> read.put(key, value.get()));
      return read;
    };
  }

  private Supplier<Upstream> upstream(Section section) {
    Supplier<List<Upstream.Address>> addresses = addresses(section);
    Supplier<Upstream.Target> target =
        section.optional("target", Parsers.oneOf(Upstream.Target.class), Upstream.Target.ANY);
    Supplier<Upstream.Patience> patience = patience(section);
    Supplier<String> user = section.required("user", Parsers.TEXT);
    Supplier<Secret> password = password(section);
    Supplier<Optional<String>> database = section.optional("database", Parsers.TEXT);
    Supplier<Optional<Path>> authorities = section.optional("ca", files.existing());
    Supplier<Upstream.Tls> tls =
        section.optional("tls", Parsers.oneOf(Upstream.Tls.class), Upstream.Tls.VERIFY_FULL);
    section.end();
    return () ->
        new Upstream(
            addresses.get(),
            target.get(),
            patience.get(),
            user.get(),
            password.get(),
            database.get().orElse(null),
            tls.get(),
            authorities.get().orElse(null));
  }

  /** {@code hosts: [a, "b:5433"]}, or {@code host: a} for one; {@code port} where none is named. */
  private static Supplier<List<Upstream.Address>> addresses(Section section) {
    Supplier<Integer> port = section.optional("port", Parsers.PORT, DEFAULT_PORT);
    if (!section.has("hosts")) {
      Supplier<String> host = section.required("host", Parsers.TEXT);
      return () -> List.of(new Upstream.Address(host.get(), port.get()));
    }
    if (section.has("host")) {
      return section.problem("needs only one of host, hosts");
    }
    Supplier<List<HostAndPort>> hosts = section.list("hosts", HostAndPort::parse, List.of());
    return () -> hosts.get().stream().map(host -> host.address(port.get())).toList();
  }

  private static Supplier<Upstream.Patience> patience(Section section) {
    Upstream.Patience usual = Upstream.Patience.USUAL;
    Supplier<Duration> connect =
        section.optional("connect_timeout", UpstreamReader::timeout, usual.connect());
    Supplier<Duration> unacknowledged =
        section.optional("tcp_user_timeout", UpstreamReader::timeout, usual.unacknowledged());
    return () -> new Upstream.Patience(connect.get(), unacknowledged.get());
  }

  private static Duration timeout(String text) {
    Duration timeout = Parsers.DURATION.parse(text);
    if (timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException("must be more than 0 and at most 1h");
    }
    return timeout;
  }

  private Supplier<Secret> password(Section section) {
    Map<String, Parser<Secret>> ways = new LinkedHashMap<>();
    ways.put("password", text -> new Secret(Parsers.TEXT.parse(text)));
    ways.put("password_env", this::fromEnvironment);
    ways.put("password_file", this::fromFile);
    List<String> present = ways.keySet().stream().filter(section::has).toList();
    if (present.size() != 1) {
      return section.problem("needs exactly one of " + String.join(", ", ways.keySet()));
    }
    String way = present.getFirst();
    return section.required(way, Objects.requireNonNull(ways.get(way)));
  }

  private Secret fromEnvironment(String name) {
    String value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("the environment variable " + name + " is not set");
    }
    return new Secret(value);
  }

  private Secret fromFile(String text) {
    Path path = files.existing().parse(text);
    try {
      String value = Files.readString(path).stripTrailing();
      if (value.isEmpty()) {
        throw new IllegalArgumentException("the file " + path + " is empty");
      }
      return new Secret(value);
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + path + " cannot be read", e);
    }
  }
}
