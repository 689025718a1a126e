package dev.blastwall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.blastwall.command.Audience;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Principal.Kind;
import dev.blastwall.identity.CertificateIssuer;
import dev.blastwall.identity.CertificateName;
import dev.blastwall.identity.KindRule;
import dev.blastwall.identity.SignatureAlgorithm;
import dev.blastwall.identity.TrustedIssuer;
import dev.blastwall.opa.bundle.BundleConfig;
import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

  private static final String MINIMAL =
      """
      issuers:
        - issuer: https://idp.example
          audiences: blastwall
      connections:
        shop:
          protocol: postgresql
          upstream:
            host: db.example
            user: gateway
            password_env: SHOP_PASSWORD
      policy:
        bundle: starter.tar.gz
      """;

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    for (String name : List.of("starter.tar.gz", "cert.pem", "key.pem", "ca.pem")) {
      Files.writeString(folder.resolve(name), "x");
    }
    Files.writeString(folder.resolve("password.txt"), "from file\n");
    Files.writeString(folder.resolve("masking.key"), "0123456789abcdef".repeat(4) + "\n");
  }

  private Configuration load(String yaml) throws IOException, InvalidFileException {
    Path file = Files.writeString(folder.resolve("blastwall.yaml"), yaml);
    return Configuration.load(file, Map.of("SHOP_PASSWORD", "s3cret")::get);
  }

  private List<String> problems(String yaml) {
    InvalidFileException e = catchThrowableOfType(InvalidFileException.class, () -> load(yaml));
    assertThat(e).isNotNull();
    return e.problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  @Test
  void theDefaults() throws IOException, InvalidFileException {
    Configuration configuration = load(MINIMAL);

    assertThat(configuration)
        .isEqualTo(
            new Configuration(
                Map.of(
                    "postgresql",
                    new PostgresqlListener(
                        "127.0.0.1",
                        6432,
                        new ConfiguredTls.SelfSigned(),
                        false,
                        new ConfiguredSignIn.Password(),
                        Duration.ofSeconds(60))),
                new ApiListener("127.0.0.1", 8642),
                List.of(
                    new TrustedIssuer(
                        "https://idp.example",
                        Set.of("blastwall"),
                        Set.of(
                            SignatureAlgorithm.RS256,
                            SignatureAlgorithm.PS256,
                            SignatureAlgorithm.ES256,
                            SignatureAlgorithm.EDDSA),
                        List.of("groups"),
                        List.of(),
                        Duration.ofSeconds(30),
                        Duration.ofHours(24),
                        false)),
                Map.of(
                    "shop",
                    new ConfiguredConnection(
                        new Connection("shop", "postgresql", null, Map.of()),
                        new Upstream(
                            "db.example",
                            5432,
                            "gateway",
                            new Secret("s3cret"),
                            null,
                            Upstream.Tls.VERIFY_FULL,
                            null),
                        Optional.empty())),
                new ConfiguredEngine.Embedded(),
                List.of(BundleConfig.inFiles("policy", folder.resolve("starter.tar.gz"))),
                List.of(),
                DecisionLogs.NONE,
                folder.resolve(".blastwall/recordings"),
                folder.resolve(".blastwall"),
                Optional.empty()));
  }

  @Test
  void everyKey() throws IOException, InvalidFileException {
    Configuration configuration =
        load(
            """
            listeners:
              postgresql:
                address: 0.0.0.0
                port: 0
                tls:
                  certificate: cert.pem
                  key: key.pem
                cleartext_on_loopback: true
                sign_in_timeout: 1m
              people:
                protocol: postgresql
                port: 6433
                oauthbearer: {issuer: "http://localhost:1234/realms/shop", scope: openid groups}
              machines:
                protocol: postgresql
                port: 6434
                client_certificates: {ca: ca.pem, issuer: machines, subject: dns, kind: ci}
            api:
              address: "::1"
              port: 9000
            issuers:
              - issuer: http://localhost:1234/realms/shop
                audiences: [blastwall, gateway]
                algorithms: [EdDSA, ES512]
                group_claims: [roles, groups]
                kinds:
                  - {claim: run_id, kind: ci}
                  - {claim: idtyp, value: app, kind: service}
                clock_skew: 5m
                max_lifetime: 500ms
                accept_actors: true
            connections:
              shop:
                protocol: postgresql
                labels: {tier: production, owner: "7"}
                upstream:
                  hosts: [127.0.0.1, "db2.example:5434", "[::1]:5435", "[::1]"]
                  port: 5433
                  target: primary
                  connect_timeout: 3s
                  tcp_user_timeout: 30s
                  database: shop
                  user: gateway
                  password_file: password.txt
                  tls: disable
                  ca: ca.pem
                shadow: trial
            policy:
              bundle: starter.tar.gz
              sets:
                next:
                  bundle: starter.tar.gz
                  share: 10.5%
                  subjects: alice
                  groups: [testers, operators]
                trial:
                  bundles:
                    rules: {file: trial}
            recording:
              folder: /var/lib/blastwall/recordings
            data:
              folder: state
            masking:
              key: masking.key
            """);

    assertThat(configuration)
        .isEqualTo(
            new Configuration(
                Map.of(
                    "postgresql",
                    new PostgresqlListener(
                        "0.0.0.0",
                        0,
                        new ConfiguredTls.Provided(
                            folder.resolve("cert.pem"), folder.resolve("key.pem")),
                        true,
                        new ConfiguredSignIn.Password(),
                        Duration.ofMinutes(1)),
                    "people",
                    new PostgresqlListener(
                        "127.0.0.1",
                        6433,
                        new ConfiguredTls.SelfSigned(),
                        false,
                        new ConfiguredSignIn.OAuthBearer(
                            "http://localhost:1234/realms/shop", "openid groups"),
                        Duration.ofSeconds(60)),
                    "machines",
                    new PostgresqlListener(
                        "127.0.0.1",
                        6434,
                        new ConfiguredTls.SelfSigned(),
                        false,
                        new ConfiguredSignIn.Certificate(
                            folder.resolve("ca.pem"),
                            new CertificateIssuer("machines", CertificateName.DNS, Kind.CI)),
                        Duration.ofSeconds(60))),
                new ApiListener("::1", 9000),
                List.of(
                    new TrustedIssuer(
                        "http://localhost:1234/realms/shop",
                        Set.of("blastwall", "gateway"),
                        Set.of(SignatureAlgorithm.EDDSA, SignatureAlgorithm.ES512),
                        List.of("roles", "groups"),
                        List.of(
                            new KindRule("run_id", null, Kind.CI),
                            new KindRule("idtyp", "app", Kind.SERVICE)),
                        Duration.ofMinutes(5),
                        Duration.ofMillis(500),
                        true)),
                Map.of(
                    "shop",
                    new ConfiguredConnection(
                        new Connection(
                            "shop",
                            "postgresql",
                            "shop",
                            Map.of("tier", "production", "owner", "7")),
                        new Upstream(
                            List.of(
                                new Upstream.Address("127.0.0.1", 5433),
                                new Upstream.Address("db2.example", 5434),
                                new Upstream.Address("::1", 5435),
                                new Upstream.Address("::1", 5433)),
                            Upstream.Target.PRIMARY,
                            new Upstream.Patience(Duration.ofSeconds(3), Duration.ofSeconds(30)),
                            "gateway",
                            new Secret("from file"),
                            "shop",
                            Upstream.Tls.DISABLE,
                            folder.resolve("ca.pem")),
                        Optional.of("trial"))),
                new ConfiguredEngine.Embedded(),
                List.of(BundleConfig.inFiles("policy", folder.resolve("starter.tar.gz"))),
                List.of(
                    new ConfiguredSet(
                        "next",
                        List.of(
                            BundleConfig.inFiles("next.policy", folder.resolve("starter.tar.gz"))),
                        new Audience(1050, Set.of("alice"), Set.of("testers", "operators"))),
                    new ConfiguredSet(
                        "trial",
                        List.of(BundleConfig.inFiles("trial.rules", folder.resolve("trial"))),
                        Audience.NOBODY)),
                DecisionLogs.NONE,
                Path.of("/var/lib/blastwall/recordings"),
                folder.resolve("state"),
                Optional.of(folder.resolve("masking.key"))));
  }

  @Test
  void everyProblemAtOnceWithItsLineAndPath() {
    List<String> problems =
        problems(
            """
            listeners:
              postgresql:
                prot: 6432
                tls: none
            api: 8642
            issuers:
              - issuer: http://idp.example
                algorithms: [HS256, none]
                clock_skew: 1h
              - audiences: [blastwall]
                kinds:
                  - {claim: run_id, kind: robot}
            connections:
              shop:
                protocol: oracle
                upstream:
                  host: ""
                  port: eighty
                  user: gateway
                  password: one
                  password_env: TWO
                  tls: maybe
                  ca: missing.pem
            recording: {folder: [a]}
            """);

    assertThat(problems)
        .containsExactly(
            "blastwall.yaml:1: policy: needs exactly one of bundle, bundles",
            "blastwall.yaml:3: listeners.postgresql.prot: unknown key; known here: address,"
                + " cleartext_on_loopback, client_certificates, oauthbearer, port, protocol,"
                + " sign_in_timeout, tls",
            "blastwall.yaml:4: listeners.postgresql.tls: must be self-signed, or a mapping with"
                + " certificate and key",
            "blastwall.yaml:5: api: must be a mapping of keys to values",
            "blastwall.yaml:7: issuers[0].issuer: an issuer is an https URL, or http on loopback",
            "blastwall.yaml:7: issuers[0].audiences: is missing",
            "blastwall.yaml:8: issuers[0].algorithms[0]: must be one of RS256, RS384, RS512, PS256,"
                + " PS384, PS512, ES256, ES384, ES512, EdDSA",
            "blastwall.yaml:8: issuers[0].algorithms[1]: must be one of RS256, RS384, RS512, PS256,"
                + " PS384, PS512, ES256, ES384, ES512, EdDSA",
            "blastwall.yaml:9: issuers[0].clock_skew: must be at most 5m",
            "blastwall.yaml:10: issuers[1].issuer: is missing",
            "blastwall.yaml:12: issuers[1].kinds[0].kind: must be one of person, service, ci,"
                + " agent",
            "blastwall.yaml:15: connections.shop.protocol: must be postgresql",
            "blastwall.yaml:17: connections.shop.upstream.host: must not be empty",
            "blastwall.yaml:17: connections.shop.upstream: needs exactly one of password,"
                + " password_env, password_file",
            "blastwall.yaml:18: connections.shop.upstream.port: must be a port number from 1 to"
                + " 65535",
            "blastwall.yaml:22: connections.shop.upstream.tls: must be one of disable, verify-full",
            "blastwall.yaml:23: connections.shop.upstream.ca: no readable file at missing.pem",
            "blastwall.yaml:24: recording.folder: must be a single value");
  }

  @Test
  void anEmptyFileLacksWhatHasNoDefault() {
    assertThat(problems("{}"))
        .containsExactly(
            "blastwall.yaml:1: issuers: is missing: without an issuer nobody can sign in",
            "blastwall.yaml:1: connections: is missing: without a connection there is nothing to"
                + " reach",
            "blastwall.yaml:1: policy: needs exactly one of bundle, bundles");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `a: [1`          | not YAML
          `a: 1\n a: 2`    | not YAML
          ``               | is empty
          `[]`             | must be a mapping
          `text`           | must be a mapping
          `? [a]\n: b`     | a key must be plain text
          `!!java.net.URL [x]` | must be a mapping
          """)
  void whatIsNoConfigurationIsSaidToBeNone(String yaml, String message) {
    assertThat(problems(yaml.translateEscapes())).first().asString().contains(message);
  }

  @Test
  void aKeyThatIsThereTwiceIsAProblem() {
    assertThat(problems(MINIMAL + "policy: {bundle: starter.tar.gz}\n"))
        .containsExactly("blastwall.yaml:13: policy: is there twice");
  }

  @Test
  void anIssuerThatIsThereTwiceIsAProblem() {
    String twice =
        "- issuer: https://idp.example\n    audiences: b\n  - issuer: https://idp.example";

    assertThat(problems(MINIMAL.replace("- issuer: https://idp.example", twice)))
        .containsExactly("blastwall.yaml:4: issuers[1].issuer: this issuer is there twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh op", "shop/db", "\"\"", "-shop"})
  void aConnectionHasANameThatClientsCanSay(String name) {
    assertThat(problems(MINIMAL.replace("shop:", name + ":")))
        .singleElement()
        .asString()
        .contains("a name has only letters, digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "1e3", "99999999999", "0x10", "6432 "})
  void aPortIsAPort(String port) {
    assertThat(problems(MINIMAL + "api: {port: \"" + port + "\"}\n"))
        .containsExactly("blastwall.yaml:13: api.port: must be a port number from 0 to 65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "gateway.example", "10.0.0.1", "::"})
  void theApiStaysOnThisMachine(String address) {
    assertThat(problems(MINIMAL + "api: {address: \"" + address + "\"}\n"))
        .singleElement()
        .asString()
        .startsWith("blastwall.yaml:13: api.address: must be localhost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "1.5h", "-3s", "PT30S", "10 m", "soon"})
  void aDurationHasAUnit(String duration) {
    String issuer = "audiences: blastwall\n    max_lifetime: " + duration;

    assertThat(problems(MINIMAL.replace("audiences: blastwall", issuer)))
        .singleElement()
        .asString()
        .startsWith("blastwall.yaml:4: issuers[0].max_lifetime: must be a duration such as");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          password_env: ABSENT       | password_env: the environment variable ABSENT is not set
          password_file: absent.txt  | password_file: no readable file at absent.txt
          password: ""               | password: must not be empty
          """)
  void aSecretThatIsNotThereIsAProblem(String secret, String message) {
    assertThat(problems(MINIMAL.replace("password_env: SHOP_PASSWORD", secret)))
        .containsExactly("blastwall.yaml:10: connections.shop.upstream." + message);
  }

  @Test
  void aSecretDoesNotShow() throws IOException, InvalidFileException {
    String literal = MINIMAL.replace("password_env: SHOP_PASSWORD", "password: hush");

    assertThat(load(literal).toString()).doesNotContain("hush").contains("hidden");
    assertThat(problems(literal.replace("user: gateway", "password_file: x")).toString())
        .doesNotContain("hush");
  }

  @Test
  void aFileThatIsNotThereIsAProblem() {
    InvalidFileException e =
        catchThrowableOfType(
            InvalidFileException.class, () -> Configuration.load(folder.resolve("no.yaml")));

    assertThat(e)
        .hasMessageEndingWith("no.yaml: cannot be read: no such file, or not text in UTF-8");
  }
}
