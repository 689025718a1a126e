package dev.blastwall.opa.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Evaluation;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.embedded.EngineOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that the real tool builds, in a running program. */
class BundlesIT {
  private static final Polling OFTEN =
      new Polling(Duration.ofMillis(10), Duration.ofMillis(50), Optional.empty());
  private static final Polling NEVER_AGAIN =
      new Polling(Duration.ofDays(1), Duration.ofDays(1), Optional.empty());

  @TempDir Path work;
  private final Events events = new Events();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  @Test
  void aFileIsReadAgainWhenItIsReplaced() throws Exception {
    // Given
    Path file = Files.write(work.resolve("shop-served.tar.gz"), policy("r1", "1"));
    Bundles bundles = start(config("shop", new BundleSource.InFiles(file), NEVER_AGAIN));
    assertThat(bundles.await().revision()).isEqualTo("r1");
    assertThat(answer(bundles)).isEqualTo("1");

    // When
    Path next = Files.write(work.resolve("next"), policy("r2", "2"));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);

    // Then
    events.await("activated shop r2");
    assertThat(answer(bundles)).isEqualTo("2");
    assertThat(bundles.get().revision()).isEqualTo("r2");
  }

  @Test
  void aFolderIsReadAgainWhenSomethingInItChanges() throws Exception {
    // Given: a bundle as it is unpacked.
    Path folder = Files.createDirectories(work.resolve("unpacked/labels")).getParent();
    unpack(policy("r1", "data.labels.x"), folder);
    Path labels = Files.writeString(folder.resolve("labels/data.json"), "{\"x\":1}");
    Bundles bundles = start(config("shop", new BundleSource.InFiles(folder), NEVER_AGAIN));
    bundles.await();
    events.await("activated shop r1");
    assertThat(answer(bundles)).isEqualTo("1");

    // When
    Files.move(
        Files.writeString(work.resolve("new"), "{\"x\":2}"),
        labels,
        StandardCopyOption.ATOMIC_MOVE);

    // Then
    events.await("activated shop r1");
    assertThat(answer(bundles)).isEqualTo("2");
  }

  @Test
  void aServerIsAskedWithTheEtagOfWhatIsActive() throws Exception {
    // Given
    BundleServer server = open(new BundleServer(false));
    server.serve(policy("r1", "1"));
    Bundles bundles =
        start(
            config(
                "shop",
                new BundleSource.Http(
                    server.url("/bundles/shop"),
                    Optional.of(new SecretRef.Text("t0ken")),
                    Optional.empty()),
                OFTEN));
    bundles.await();

    // Then
    assertThat(server.awaitRequest()).isEqualTo("|modes=snapshot,delta|Bearer t0ken -> 200");
    assertThat(server.awaitRequest()).isEqualTo("\"v1\"|modes=snapshot,delta|Bearer t0ken -> 304");

    // When
    server.serve(policy("r2", "2"));

    // Then
    events.await("activated shop r2");
    assertThat(answer(bundles)).isEqualTo("2");
  }

  @Test
  void aServerMayKeepTheRequestUntilThereIsNews() throws Exception {
    // Given: polling would not look again before tomorrow.
    BundleServer server = open(new BundleServer(true));
    server.serve(policy("r1", "1"));
    Bundles bundles =
        start(
            config(
                "shop",
                http(server),
                new Polling(
                    Duration.ofDays(1), Duration.ofDays(1), Optional.of(Duration.ofSeconds(300)))));
    bundles.await();

    // When
    server.serve(policy("r2", "2"));

    // Then
    events.await("activated shop r2");
    assertThat(server.awaitRequest()).startsWith("|modes=snapshot,delta|");
    assertThat(server.awaitRequest()).startsWith("\"v1\"|modes=snapshot,delta;wait=300|");
  }

  @Test
  void aDeltaChangesTheDataAndNothingElse() throws Exception {
    // Given
    BundleServer server = open(new BundleServer(false));
    byte[] snapshot =
        new Opa(Files.createDirectory(work.resolve("delta")))
            .source("shop.rego", "package shop\n\ndecision := concat(\",\", data.tags)\n")
            .source("data.json", "{\"tags\": [\"a\", \"b\"], \"other\": {\"x\": 1}}")
            .buildPlan("--revision", "r1");
    server.serve(snapshot);
    Bundles bundles = start(config("shop", http(server), OFTEN));
    bundles.await();

    // When
    server.serve(
        new Archive()
            .file(
                "/patch.json",
                """
                {"data": [{"op": "upsert", "path": "/tags/1", "value": "new"},
                          {"op": "replace", "path": "tags/0", "value": "A"},
                          {"op": "upsert", "path": "/deep/er/x", "value": 1},
                          {"op": "remove", "path": "/other/x"}]}
                """)
            .file("/.manifest", "{\"revision\": \"r1+1\"}")
            .bytes());

    // Then
    events.await("activated shop r1+1");
    assertThat(answer(bundles)).isEqualTo("\"A,new,b\"");
    assertThat(bundles.status().getFirst().type()).isEqualTo("delta");

    // When
    server.serve(
        new Archive()
            .file("/patch.json", "{\"data\": [{\"op\": \"remove\", \"path\": \"/nothing\"}]}")
            .bytes());

    // Then
    assertThat(events.await("refused shop")).contains("data.nothing", "not there");
    assertThat(answer(bundles)).isEqualTo("\"A,new,b\"");
  }

  @Test
  void severalBundlesDecideTogether() throws Exception {
    // Given
    Path policy =
        Files.write(
            work.resolve("p.tar.gz"),
            new Opa(Files.createDirectory(work.resolve("p")))
                .source("shop.rego", "package shop\n\ndecision := data.labels.x\n")
                .source(".manifest", "{\"roots\": [\"shop\"]}")
                .buildPlan("--revision", "p1"));
    Path data = Files.write(work.resolve("d.tar.gz"), labels("d1", "labels", 7));
    Bundles bundles =
        start(
            config("policy", new BundleSource.InFiles(policy), NEVER_AGAIN),
            config("labels", new BundleSource.InFiles(data), NEVER_AGAIN));

    // When, then
    assertThat(bundles.await().revision()).isEqualTo("labels=d1,policy=p1");
    assertThat(answer(bundles)).isEqualTo("7");

    // When
    replace(data, labels("d2", "shop/x", 8));

    // Then
    assertThat(events.await("refused labels")).contains("both own data.shop.x", "disjoint roots");
    assertThat(answer(bundles)).isEqualTo("7");

    // When
    replace(data, labels("d3", "labels", 9));

    // Then
    events.await("activated labels d3");
    assertThat(answer(bundles)).isEqualTo("9");
  }

  @Test
  void whatIsWrongIsRefusedWithAReasonWhileTheLastGoodOneDecides() throws Exception {
    // Given
    SigningKey key = SigningKey.create(SignatureAlgorithm.ES256, work);
    BundleServer server = open(new BundleServer(false));
    server.serve(policy("r1", "1", key.arguments()));
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    BundleMetrics metrics = new BundleMetrics(registry);
    Bundles bundles =
        start(
            both(events, metrics),
            new BundleConfig(
                "shop",
                http(server),
                OFTEN,
                new Verification.Signed(
                    Map.of("default", key.verificationKey("")), Optional.empty(), Optional.empty()),
                new BundleLimits(100, 1 << 20, 10_000)));
    bundles.await();
    byte[] tampered = policy("r2", "2", key.arguments());
    tampered[tampered.length / 2] ^= 1;

    // When, then
    assertRefused(server, bundles, policy("r2", "2"), "not signed");
    assertRefused(server, bundles, tampered, "");
    assertRefused(
        server,
        bundles,
        policy("r2", "net.lookup_ip_addr(\"example.org\")", key.arguments()),
        "net.lookup_ip_addr");
    assertRefused(
        server, bundles, new Archive().file("x", "\0".repeat(4 << 20)).bytes(), "more than 1 MiB");
    assertRefused(
        server, bundles, conflicting(key), "both a rule and the data give data.shop.decision");
    assertRefused(server, bundles, failingSmoke(key), "smoke input", "three", "instead of 3");
    server.fail(503);
    assertThat(events.await("refused shop")).contains("status 503");

    // When
    server.serve(policy("r3", "3", key.arguments()));

    // Then
    events.await("activated shop r3");
    assertThat(answer(bundles)).isEqualTo("3");
    assertThat(registry.get("opa.bundle.activations").tag("name", "shop").counter().count())
        .isEqualTo(2);
    assertThat(registry.get("opa.bundle.failures").counter().count()).isGreaterThanOrEqualTo(7);
    assertThat(registry.get("opa.bundle.last.activation").timeGauge().value()).isPositive();
  }

  @Test
  void theStatusIsShapedLikeOpas() throws Exception {
    // Given
    BundleServer server = open(new BundleServer(false));
    server.serve(policy("r1", "1"));
    Bundles bundles = start(config("shop", http(server), OFTEN));
    bundles.await();
    events.await("activated shop r1");

    // When
    server.fail(404);
    events.await("refused shop");
    ObjectValue status = bundles.statusJson(Map.of("id", "node-1"));

    // Then
    assertThat(status.get("labels")).hasToString("{\"id\":\"node-1\"}");
    ObjectValue shop = (ObjectValue) ((ObjectValue) status.get("bundles")).get("shop");
    assertThat(shop.get("name")).hasToString("\"shop\"");
    assertThat(shop.get("active_revision")).hasToString("\"r1\"");
    assertThat(shop.get("type")).hasToString("\"snapshot\"");
    assertThat(shop.get("code")).hasToString("\"bundle_error\"");
    assertThat(shop.get("http_code")).hasToString("404");
    assertThat(shop.get("message").toString()).contains("status 404");
    for (String time :
        List.of(
            "last_request",
            "last_successful_request",
            "last_successful_download",
            "last_successful_activation")) {
      assertThat(shop.get(time).toString()).startsWith("\"20");
    }
  }

  @Test
  void theLastGoodOneIsThereForAStartWithoutItsSource() throws Exception {
    // Given
    BundleServer server = open(new BundleServer(false));
    server.serve(policy("r1", "1"));
    try (Bundles bundles = start(config("shop", http(server), OFTEN))) {
      bundles.await();
    }

    // When
    server.fail(500);
    Bundles bundles = start(config("shop", http(server), OFTEN));

    // Then
    assertThat(bundles.await().revision()).isEqualTo("r1");
    assertThat(answer(bundles)).isEqualTo("1");
    assertThat(bundles.status().getFirst().error().orElseThrow().message())
        .contains("the status 500");
  }

  @Test
  void whatIsOnDiskIsVerifiedAgain() throws Exception {
    // Given: once nobody asked for signatures.
    BundleServer server = open(new BundleServer(false));
    server.serve(policy("r1", "1"));
    try (Bundles bundles = start(config("shop", http(server), OFTEN))) {
      bundles.await();
    }
    SigningKey key = SigningKey.create(SignatureAlgorithm.HS256, work);

    // When
    Bundles bundles =
        start(
            new BundleConfig(
                "shop",
                http(server),
                OFTEN,
                new Verification.Signed(
                    Map.of("k", key.verificationKey("")), Optional.empty(), Optional.empty()),
                BundleLimits.DEFAULT));

    // Then
    assertThatThrownBy(bundles::await)
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("The bundle shop: the bundle is not signed");
  }

  @Test
  void aStartWithoutAnyBundleSaysWhy() throws Exception {
    Bundles bundles =
        start(config("shop", new BundleSource.InFiles(work.resolve("nowhere")), NEVER_AGAIN));
    assertThatThrownBy(bundles::await)
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("The bundle shop:")
        .hasMessageContaining("nowhere");
  }

  private void assertRefused(
      BundleServer server, Bundles bundles, byte[] archive, String... reasons)
      throws InterruptedException {
    server.serve(archive);
    // Of what was served before there may be refusals on the way, but no more than one.
    events.clear();
    events.await("refused shop");
    assertThat(events.await("refused shop")).contains(reasons);
    assertThat(answer(bundles)).isEqualTo("1");
    assertThat(bundles.get().revision()).isEqualTo("r1");
  }

  private byte[] conflicting(SigningKey key) throws Exception {
    // The tool would not build it, so the data come by a signature of their own.
    Path folder = Files.createDirectories(work.resolve("conflict"));
    unpack(policy("r2", "2"), folder);
    Files.createDirectories(folder.resolve("shop"));
    Files.writeString(folder.resolve("shop/data.json"), "{\"decision\": 5}");
    new Opa(folder)
        .run(
            List.of(
                "sign",
                "--signing-key",
                key.file().toString(),
                "--signing-alg",
                key.algorithm().name(),
                "-b",
                "."));
    return packed(folder);
  }

  private byte[] failingSmoke(SigningKey key) throws Exception {
    return new Opa(Files.createDirectories(work.resolve("smoke")))
        .source("shop.rego", "package shop\n\ndecision := input.x + 1\n")
        .source(
            "system/smoke/data.yaml",
            "two: {input: {x: 1}, result: 2}\nthree: {input: {x: 3}, result: 3}\n")
        .buildPlan(key.arguments());
  }

  private byte[] policy(String revision, String expression, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("--revision", revision));
    arguments.addAll(List.of(more));
    return new Opa(Files.createTempDirectory(work, "policy"))
        .source("shop.rego", "package shop\n\ndecision := " + expression + "\n")
        .buildPlan(arguments.toArray(String[]::new));
  }

  private static byte[] labels(String revision, String root, int x) {
    return new Archive()
        .file(root + "/data.json", "{\"x\":" + x + "}")
        .file(".manifest", "{\"revision\":\"%s\",\"roots\":[\"%s\"]}".formatted(revision, root))
        .bytes();
  }

  private static void unpack(byte[] archive, Path folder) throws BundleException {
    new BundleArchive(archive, BundleLimits.DEFAULT)
        .visit((path, content) -> {
          Path file = folder.resolve(String.join("/", path));
          Files.createDirectories(file.getParent());
          Files.write(file, content.readAllBytes());
        });
  }

  private static byte[] packed(Path folder) throws Exception {
    try (FileFetcher fetcher =
        new FileFetcher(new BundleSource.InFiles(folder), BundleLimits.DEFAULT)) {
      return ((Fetcher.Fetched.Archive) fetcher.fetch(null, Optional.empty())).bytes();
    }
  }

  private void replace(Path file, byte[] content) throws IOException {
    Files.move(
        Files.write(work.resolve("replacement"), content), file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static BundleSource.Http http(BundleServer server) {
    return new BundleSource.Http(
        server.url("/bundles/shop.tar.gz"), Optional.empty(), Optional.empty());
  }

  private static BundleConfig config(String name, BundleSource source, Polling polling) {
    return new BundleConfig(
        name, source, polling, new Verification.Unsigned(), BundleLimits.DEFAULT);
  }

  private Bundles start(BundleConfig... configs) throws BundleException {
    return start(events, configs);
  }

  private Bundles start(BundleListener listener, BundleConfig... configs) throws BundleException {
    return open(
        Bundles.start(
            List.of(configs),
            new EmbeddedEngines(EngineOptions.DEFAULT, "shop/decision"),
            "shop/decision",
            work.resolve("kept"),
            listener));
  }

  private static BundleListener both(BundleListener one, BundleListener other) {
    return new BundleListener() {
      @Override
      public void activated(BundleStatus status) {
        other.activated(status);
        one.activated(status);
      }

      @Override
      public void refused(BundleStatus status) {
        other.refused(status);
        one.refused(status);
      }
    };
  }

  private <T extends AutoCloseable> T open(T one) {
    open.add(one);
    return one;
  }

  private static String answer(Bundles bundles) {
    CompletableFuture<Evaluation> answer = new CompletableFuture<>();
    bundles.get().engine().evaluate("shop/decision", new ObjectValue(0), answer::complete);
    Value value = ((Evaluation.Defined) answer.join()).value();
    return value.toString();
  }
}
