package dev.blastwall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.PolicyEngine;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.bundle.BundleConfig;
import dev.blastwall.opa.bundle.BundleLimits;
import dev.blastwall.opa.bundle.BundleListener;
import dev.blastwall.opa.bundle.BundleSource;
import dev.blastwall.opa.bundle.Bundles;
import dev.blastwall.opa.bundle.EmbeddedEngines;
import dev.blastwall.opa.bundle.EngineFactory;
import dev.blastwall.opa.bundle.Polling;
import dev.blastwall.opa.bundle.Verification;
import dev.blastwall.opa.embedded.EngineOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterBundleTest {

  @TempDir private Path work;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  /** The first that a client asks is then not the first that the engine is asked. */
  @Test
  void aStartAsksTheBundleAtEachPointMoreThanOnce() throws Exception {
    Path archive = work.resolve("starter.tar.gz");
    try (InputStream in = getClass().getResourceAsStream("/bundles/starter.tar.gz")) {
      Files.copy(Objects.requireNonNull(in), archive);
    }
    BundleConfig starter =
        new BundleConfig(
            "starter",
            new BundleSource.InFiles(archive),
            Polling.DEFAULT,
            new Verification.Unsigned(),
            BundleLimits.DEFAULT);
    EngineFactory embedded = new EmbeddedEngines(EngineOptions.DEFAULT, OpaPolicy.ENTRYPOINT);

    try (Bundles bundles =
        Bundles.start(
            List.of(starter),
            bundle -> listening(embedded.engine(bundle)),
            OpaPolicy.ENTRYPOINT,
            null,
            new BundleListener() {})) {
      bundles.await();

      assertThat(asked).contains("connect", "command", "result");
      for (String point : List.of("connect", "command", "result")) {
        assertThat(asked.stream().filter(point::equals)).as(point).hasSizeGreaterThan(1);
      }
    }
  }

  private PolicyEngine listening(PolicyEngine engine) {
    return (entrypoint, input, then) -> {
      asked.add(point(input));
      engine.evaluate(entrypoint, input, then);
    };
  }

  private static String point(Value input) {
    return input instanceof ObjectValue object && object.get("point") instanceof StringValue point
        ? point.text()
        : "";
  }
}
