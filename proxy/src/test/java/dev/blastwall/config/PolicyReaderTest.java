package dev.blastwall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.blastwall.opa.bundle.BundleConfig;
import dev.blastwall.opa.bundle.BundleLimits;
import dev.blastwall.opa.bundle.BundleSource;
import dev.blastwall.opa.bundle.Polling;
import dev.blastwall.opa.bundle.SecretRef;
import dev.blastwall.opa.bundle.SignatureAlgorithm;
import dev.blastwall.opa.bundle.Verification;
import dev.blastwall.opa.bundle.VerificationKey;
import dev.blastwall.opa.sidecar.OpaAddress;
import dev.blastwall.yaml.InvalidFileException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyReaderTest {

  private static final String REST =
      """
      issuers:
        - issuer: https://idp.example
          audiences: blastwall
      connections:
        shop:
          protocol: postgresql
          upstream: {host: db.example, user: gateway, password: x}
      """;

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    for (String name : List.of("key.pem", "next.pem", "token", "ca.pem", "secret")) {
      Files.writeString(folder.resolve(name), "x");
    }
  }

  private List<BundleConfig> bundles(String policy) throws IOException, InvalidFileException {
    return load(policy).bundles();
  }

  private Configuration load(String policy) throws IOException, InvalidFileException {
    return load(policy, REST);
  }

  private Configuration load(String policy, String rest) throws IOException, InvalidFileException {
    Path file = Files.writeString(folder.resolve("blastwall.yaml"), policy + rest);
    return Configuration.load(file, Map.of("SHARED", "s3cret")::get);
  }

  private List<String> problems(String policy) {
    return problems(policy, REST);
  }

  private List<String> problems(String policy, String rest) {
    InvalidFileException e =
        catchThrowableOfType(InvalidFileException.class, () -> load(policy, rest));
    assertThat(e).isNotNull();
    return e.problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  private ConfiguredEngine engine(String policy) throws IOException, InvalidFileException {
    return load(policy).engine();
  }

  @Test
  void theGatewayItselfEvaluatesUnlessAnotherEngineIsNamed()
      throws IOException, InvalidFileException {
    assertThat(engine("policy: {bundle: .}\n")).isEqualTo(new ConfiguredEngine.Embedded());
    assertThat(engine("policy: {bundle: ., engine: embedded}\n"))
        .isEqualTo(new ConfiguredEngine.Embedded());
  }

  @Test
  void aSidecarIsStartedOrRunsAlready() throws IOException, InvalidFileException {
    assertThat(engine("policy: {bundle: ., engine: sidecar}\n"))
        .isEqualTo(new ConfiguredEngine.Started(Path.of("opa"), Duration.ofSeconds(1)));
    assertThat(engine("policy: {bundle: ., engine: {program: key.pem, timeout: 200ms}}\n"))
        .isEqualTo(new ConfiguredEngine.Started(folder.resolve("key.pem"), Duration.ofMillis(200)));
    Configuration running =
        load("policy: {engine: {sidecar: \"unix:///run/opa.sock\", timeout: 2s}}\n");
    assertThat(running.engine())
        .isEqualTo(
            new ConfiguredEngine.Running(
                new OpaAddress.UnixSocket(Path.of("/run/opa.sock")), Duration.ofSeconds(2)));
    assertThat(running.bundles()).isEmpty();
  }

  @Test
  void everyProblemOfAnEngineIsNamed() {
    assertThat(problems("policy: {bundle: ., engine: other}\n"))
        .containsExactly(
            "blastwall.yaml:1: policy.engine: must be embedded, sidecar, or a mapping with sidecar"
                + " or program");
    assertThat(problems("policy: {bundle: ., engine: {timeout: 0s}}\n"))
        .containsExactly(
            "blastwall.yaml:1: policy.engine.timeout: must be more than nothing",
            "blastwall.yaml:1: policy.engine: needs exactly one of sidecar, program");
    assertThat(problems("policy: {bundle: ., engine: {program: nowhere, what: x}}\n"))
        .containsExactly(
            "blastwall.yaml:1: policy.engine.program: no readable file at nowhere",
            "blastwall.yaml:1: policy.engine.what: unknown key; known here: program, sidecar,"
                + " timeout");
    assertThat(
            problems(
                """
                policy:
                  engine:
                    sidecar: http://opa.example:8181
                  bundle: .
                  keys: {a: {key_file: key.pem}}
                """))
        .containsExactly(
            "blastwall.yaml:3: policy.engine.sidecar: must be a Unix socket or a port of this"
                + " machine: unix:///run/opa.sock or http://127.0.0.1:8181",
            "blastwall.yaml:4: policy.bundle: must not be here: the OPA of policy.engine loads its"
                + " own bundles",
            "blastwall.yaml:5: policy.keys: must not be here: the OPA of policy.engine loads its own"
                + " bundles");
  }

  @Test
  void aFolderWillDo() throws IOException, InvalidFileException {
    assertThat(bundles("policy: {bundle: .}\n"))
        .containsExactly(BundleConfig.inFiles("policy", folder));
  }

  @Test
  void theOnlyBundleCanBeSigned() throws IOException, InvalidFileException {
    assertThat(bundles("policy: {bundle: ca.pem, keys: {release: {key_file: key.pem}}}\n"))
        .singleElement()
        .extracting(BundleConfig::verification)
        .isEqualTo(
            new Verification.Signed(
                Map.of(
                    "release",
                    new VerificationKey(
                        SignatureAlgorithm.RS256,
                        new SecretRef.InFile(folder.resolve("key.pem")),
                        "")),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void everyKey() throws IOException, InvalidFileException {
    List<BundleConfig> bundles =
        bundles(
            """
            policy:
              keys:
                release: {algorithm: ES384, key_file: key.pem, scope: production}
                shared: {algorithm: HS256, key_env: SHARED}
              bundles:
                shop:
                  url: http://bundles.example/shop.tar.gz
                  polling: {min_delay: 5s, max_delay: 500m, long_polling_timeout: 1m}
                  signing: {keyid: release, scope: test}
                secure:
                  url: https://bundles.example/shop.tar.gz
                  token_file: token
                  ca: ca.pem
                stored:
                  s3:
                    endpoint: https://s3.example
                    region: eu-west-1
                    bucket: policies
                    object: shop/bundle.tar.gz
                    access_key: AK
                    secret_key_file: secret
                pushed:
                  oci:
                    registry: https://registry.example
                    repository: policies/shop
                    reference: v1
                    user: reader
                    password_env: SHARED
                    ca: ca.pem
                local: {file: not/yet/there.tar.gz}
            """);

    VerificationKey release =
        new VerificationKey(
            SignatureAlgorithm.ES384,
            new SecretRef.InFile(folder.resolve("key.pem")),
            "production");
    VerificationKey shared =
        new VerificationKey(SignatureAlgorithm.HS256, new SecretRef.Text("s3cret"), "");
    Map<String, VerificationKey> keys = Map.of("release", release, "shared", shared);
    Verification signed = new Verification.Signed(keys, Optional.empty(), Optional.empty());
    Optional<Path> ca = Optional.of(folder.resolve("ca.pem"));
    assertThat(bundles)
        .containsExactly(
            new BundleConfig(
                "shop",
                new BundleSource.Http(
                    URI.create("http://bundles.example/shop.tar.gz"),
                    Optional.empty(),
                    Optional.empty()),
                new Polling(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(500),
                    Optional.of(Duration.ofMinutes(1))),
                new Verification.Signed(keys, Optional.of("release"), Optional.of("test")),
                BundleLimits.DEFAULT),
            bundle(
                "secure",
                new BundleSource.Http(
                    URI.create("https://bundles.example/shop.tar.gz"),
                    Optional.of(new SecretRef.InFile(folder.resolve("token"))),
                    ca),
                signed),
            bundle(
                "stored",
                new BundleSource.S3(
                    URI.create("https://s3.example"),
                    "eu-west-1",
                    "policies",
                    "shop/bundle.tar.gz",
                    Optional.of(
                        new BundleSource.S3Credentials(
                            "AK", new SecretRef.InFile(folder.resolve("secret"))))),
                signed),
            bundle(
                "pushed",
                new BundleSource.Oci(
                    URI.create("https://registry.example"),
                    "policies/shop",
                    "v1",
                    Optional.of(new BundleSource.Login("reader", new SecretRef.Text("s3cret"))),
                    ca),
                signed),
            bundle(
                "local", new BundleSource.InFiles(folder.resolve("not/yet/there.tar.gz")), signed));
  }

  private static BundleConfig bundle(String name, BundleSource source, Verification signed) {
    return new BundleConfig(name, source, Polling.DEFAULT, signed, BundleLimits.DEFAULT);
  }

  @Test
  void everyProblemIsNamed() {
    assertThat(
            problems(
                """
                policy:
                  keys:
                    a: {algorithm: none, key_file: key.pem}
                    b: {key_file: nowhere.pem}
                    c: {}
                    d: {key_file: key.pem, key_env: SHARED}
                  bundles:
                    one: {file: x, url: https://a.example}
                    two: {}
                    three: {url: "ftp://a.example"}
                    four: {url: nonsense}
                    five: {url: http://a.example, token_file: token}
                    six: {file: x, polling: {min_delay: 5m}}
                    seven: {file: x, polling: {long_polling_timeout: 10ms}}
                    "no spaces": {file: x}
                    eight: {oci: {registry: https://r.example, repository: a, user: me}}
                    nine: {file: x, what: y}
                """))
        .containsExactly(
            "blastwall.yaml:3: policy.keys.a.algorithm: must be one of [HS256, HS384, HS512,"
                + " RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512]",
            "blastwall.yaml:4: policy.keys.b.key_file: no readable file at nowhere.pem",
            "blastwall.yaml:5: policy.keys.c: needs key_file or key_env",
            "blastwall.yaml:6: policy.keys.d: needs only one of key_file, key_env",
            "blastwall.yaml:8: policy.bundles.one: needs exactly one of file, url, s3, oci",
            "blastwall.yaml:9: policy.bundles.two: needs exactly one of file, url, s3, oci",
            "blastwall.yaml:10: policy.bundles.three.url: must begin with https, or bundles must be"
                + " signed: see policy.keys",
            "blastwall.yaml:11: policy.bundles.four.url: must be a URL, for instance"
                + " https://bundles.example/shop",
            "blastwall.yaml:12: policy.bundles.five: sends a secret, so its address must begin with"
                + " https",
            "blastwall.yaml:13: policy.bundles.six.polling: the longest delay must be at least as"
                + " long as the shortest, which is not zero",
            "blastwall.yaml:14: policy.bundles.seven.polling.long_polling_timeout: must be a number"
                + " of seconds, for instance 30s",
            "blastwall.yaml:15: policy.bundles.no spaces: a name has only letters, digits, dots,"
                + " hyphens, underscores",
            "blastwall.yaml:16: policy.bundles.eight.oci: needs both user and password_file or"
                + " password_env",
            "blastwall.yaml:17: policy.bundles.nine.what: unknown key; known here: file, oci, polling,"
                + " s3, signing, url");
  }

  @Test
  void whatTravelsInTheClearMustBeSigned() throws IOException, InvalidFileException {
    assertThat(problems("policy: {bundles: {shop: {url: http://bundles.example/x}}}\n"))
        .containsExactly(
            "blastwall.yaml:1: policy.bundles.shop.url: must begin with https, or bundles must be"
                + " signed: see policy.keys");
    assertThat(bundles("policy: {bundles: {shop: {url: http://127.0.0.1:9/x}}}\n")).hasSize(1);
  }

  @Test
  void signingNeedsKeys() {
    assertThat(problems("policy: {bundles: {shop: {file: x, signing: {keyid: a}}}}\n"))
        .containsExactly(
            "blastwall.yaml:1: policy.bundles.shop.signing: needs policy.keys to verify signatures"
                + " with");
    assertThat(problems("policy: {bundle: ca.pem, keys: {}}\n"))
        .containsExactly("blastwall.yaml:1: policy.keys: must not be empty");
  }

  @Test
  void everyProblemOfASetIsNamed() {
    assertThat(
            problems(
                """
                policy:
                  bundles:
                    next.rules: {file: x}
                  sets:
                    main: {bundle: ., share: 1%}
                    "a.b": {bundle: ., share: 1%}
                    next: {bundle: ., share: 0%}
                    idle: {bundle: .}
                    none: {share: 100.01%, bundles: {rules: {file: x, signing: {keyid: a}}}}
                    what: {groups: [], bundle: nowhere, of: x}
                    nothing: {subjects: a}
                """))
        .containsExactly(
            "blastwall.yaml:3: policy.bundles.next.rules: begins as the names of the bundles of"
                + " policy.sets.next",
            "blastwall.yaml:5: policy.sets.main: a name has only letters, digits, hyphens,"
                + " underscores, and is not main",
            "blastwall.yaml:6: policy.sets.a.b: a name has only letters, digits, hyphens,"
                + " underscores, and is not main",
            "blastwall.yaml:7: policy.sets.next.share: must be a percentage from 0.01% to 100%, for"
                + " instance 10%",
            "blastwall.yaml:8: policy.sets.idle: is of no use: give it share, subjects or groups, or"
                + " name it as the shadow of a connection",
            "blastwall.yaml:9: policy.sets.none.bundles.rules.signing: needs policy.keys to verify"
                + " signatures with",
            "blastwall.yaml:9: policy.sets.none.share: must be a percentage from 0.01% to 100%, for"
                + " instance 10%",
            "blastwall.yaml:10: policy.sets.what.bundle: no readable file at nowhere",
            "blastwall.yaml:10: policy.sets.what.groups: must not be empty",
            "blastwall.yaml:10: policy.sets.what.of: unknown key; known here: bundle, bundles, groups,"
                + " share, subjects",
            "blastwall.yaml:11: policy.sets.nothing: needs exactly one of bundle, bundles");
  }

  @Test
  void aShadowIsASet() {
    assertThat(
            problems(
                """
                policy: {bundle: ., sets: {trial: {bundle: ., share: 1%}}}
                """,
                REST.replace("protocol:", "shadow: other\n    protocol:")))
        .containsExactly(
            "blastwall.yaml:7: connections.shop.shadow: there is no such set below policy.sets");
    assertThat(
            problems(
                "policy: {bundle: .}\n", REST.replace("protocol:", "shadow: main\n    protocol:")))
        .hasSize(1);
  }

  @Test
  void anOpaThatRunsAlreadyHasNoSets() {
    assertThat(
            problems(
                "policy: {engine: {sidecar: \"unix:///run/opa.sock\"}, sets: {next: {bundle: .}}}\n"))
        .containsExactly(
            "blastwall.yaml:1: policy.sets: must not be here: the OPA of policy.engine loads its own"
                + " bundles");
  }
}
