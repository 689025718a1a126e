package dev.blastwall.config;

import dev.blastwall.command.Principal.Kind;
import dev.blastwall.identity.CertificateIssuer;
import dev.blastwall.identity.CertificateName;
import dev.blastwall.yaml.Parsers;
import dev.blastwall.yaml.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads {@code listeners}: by name, where the name {@code postgresql} says its protocol already.
 */
final class PostgresqlListenerReader {

  static final String POSTGRESQL = "postgresql";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
  private static final int DEFAULT_PORT = 6432;
  private static final String LOOPBACK = "127.0.0.1";
  private static final String SELF_SIGNED = "self-signed";
  private static final String DEFAULT_SCOPE = "openid";
  private static final Duration DEFAULT_SIGN_IN = Duration.ofSeconds(60);
  private static final Duration LONGEST_SIGN_IN = Duration.ofMinutes(10);

  private final FileParsers files;
  private final Set<String> issuers;
  private final Set<String> certificateIssuers = new HashSet<>();

  /**
   * A reader.
   *
   * @param issuers whose tokens count
   */
  PostgresqlListenerReader(FileParsers files, Set<String> issuers) {
    this.files = files;
    this.issuers = issuers;
  }

  /** All listeners, in the order of the file; the default one where there is none. */
  Supplier<Map<String, PostgresqlListener>> read(Section listeners) {
    Map<String, Supplier<PostgresqlListener>> all = new LinkedHashMap<>();
    if (listeners.keys().isEmpty()) {
      all.put(POSTGRESQL, listener(POSTGRESQL, listeners.section(POSTGRESQL)));
    }
    for (String name : listeners.keys()) {
      if (!NAME.matcher(name).matches()) {
        listeners.problem(name, "a name has only small letters, digits, hyphens, underscores");
      }
      all.put(name, listener(name, listeners.section(name)));
    }
    listeners.end();
    return () -> {
      Map<String, PostgresqlListener> read = new LinkedHashMap<>();
      all.forEach((name, listener) -> read.put(name, listener.get()));
      return read;
    };
  }

  private Supplier<PostgresqlListener> listener(String name, Section listener) {
    if (!name.equals(POSTGRESQL) || listener.has("protocol")) {
      Supplier<String> unused = listener.required("protocol", UpstreamReader::protocol);
    }
    Supplier<String> address = listener.optional("address", Parsers.TEXT, LOOPBACK);
    Supplier<Integer> port = listener.optional("port", Parsers.LISTENING_PORT, DEFAULT_PORT);
    Supplier<ConfiguredTls> tls = tls(listener);
    Supplier<Boolean> cleartext = listener.optional("cleartext_on_loopback", Parsers.FLAG, false);
    Supplier<ConfiguredSignIn> signIn = signIn(listener);
    Supplier<Duration> timeout =
        listener.optional("sign_in_timeout", PostgresqlListenerReader::timeout, DEFAULT_SIGN_IN);
    listener.end();
    return () ->
        new PostgresqlListener(
            address.get(), port.get(), tls.get(), cleartext.get(), signIn.get(), timeout.get());
  }

  private static Duration timeout(String text) {
    Duration timeout = Parsers.DURATION.parse(text);
    if (timeout.isZero() || timeout.compareTo(LONGEST_SIGN_IN) > 0) {
      throw new IllegalArgumentException("must be more than 0 and at most 10m");
    }
    return timeout;
  }

  private Supplier<ConfiguredTls> tls(Section listener) {
    if (!listener.isSection("tls")) {
      return listener.optional(
          "tls", PostgresqlListenerReader::selfSigned, new ConfiguredTls.SelfSigned());
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

  /** A server has to choose before it knows what a client can do, so there is one way at most. */
  private Supplier<ConfiguredSignIn> signIn(Section listener) {
    if (listener.has("oauthbearer") && listener.has("client_certificates")) {
      return listener.problem("needs only one of oauthbearer, client_certificates");
    }
    if (listener.has("oauthbearer")) {
      return oauthBearer(listener.section("oauthbearer"));
    }
    return listener.has("client_certificates")
        ? certificates(listener.section("client_certificates"))
        : ConfiguredSignIn.Password::new;
  }

  private Supplier<ConfiguredSignIn> oauthBearer(Section section) {
    Supplier<String> issuer = section.required("issuer", this::trusted);
    Supplier<String> scope = section.optional("scope", Parsers.TEXT, DEFAULT_SCOPE);
    section.end();
    return () -> new ConfiguredSignIn.OAuthBearer(issuer.get(), scope.get());
  }

  /** Whoever follows the hint must come back with a token that counts. */
  private String trusted(String text) {
    if (!issuers.contains(text)) {
      throw new IllegalArgumentException("must be one of issuers");
    }
    return text;
  }

  private Supplier<ConfiguredSignIn> certificates(Section section) {
    Supplier<Path> authorities = section.required("ca", files.existing());
    Supplier<String> issuer = section.required("issuer", this::certificateIssuer);
    Supplier<CertificateName> subject =
        section.optional("subject", Parsers.oneOf(CertificateName.class), CertificateName.URI);
    Supplier<Kind> kind = section.optional("kind", Parsers.oneOf(Kind.class), Kind.SERVICE);
    section.end();
    return () ->
        new ConfiguredSignIn.Certificate(
            authorities.get(), new CertificateIssuer(issuer.get(), subject.get(), kind.get()));
  }

  /** What policy tells principals apart by must mean one thing. */
  private String certificateIssuer(String text) {
    if (!certificateIssuers.add(Parsers.TEXT.parse(text))) {
      throw new IllegalArgumentException("this issuer is there twice");
    }
    if (text.contains("://")) {
      throw new IllegalArgumentException("must not be a URL: those are issuers of tokens");
    }
    return text;
  }
}
