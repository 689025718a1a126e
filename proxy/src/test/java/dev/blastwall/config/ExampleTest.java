package dev.blastwall.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.bundle.BundleConfig;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that the documentation shows can be used as it stands. */
class ExampleTest {

  private static final Path EXAMPLES = Path.of("..", "examples");

  @TempDir private Path folder;

  @Test
  void theExampleIsAConfiguration() throws IOException, InvalidFileException {
    Path config =
        Files.copy(EXAMPLES.resolve("postgresql/blastwall.yaml"), folder.resolve("blastwall.yaml"));
    Files.createFile(folder.resolve("starter.tar.gz"));

    Configuration configuration =
        Configuration.load(config, Map.of("SHOP_PASSWORD", "secret")::get);

    assertThat(configuration.connections().get("shop").upstream().tls())
        .isEqualTo(Upstream.Tls.VERIFY_FULL);
    assertThat(configuration.recordings()).isEqualTo(folder.resolve("recordings"));
  }

  @Test
  void theExampleOfAllListenersIsAConfiguration() throws IOException, InvalidFileException {
    Path config =
        Files.copy(EXAMPLES.resolve("postgresql/listeners.yaml"), folder.resolve("blastwall.yaml"));
    for (String file :
        List.of(
            "gateway.crt", "gateway.key", "machines.crt", "upstream-ca.crt", "starter.tar.gz")) {
      Files.createFile(folder.resolve(file));
    }

    Configuration configuration =
        Configuration.load(config, Map.of("SHOP_PASSWORD", "secret")::get);

    assertThat(configuration.postgresql()).containsOnlyKeys("postgresql", "people", "machines");
    assertThat(configuration.connections().get("shop").upstream().addresses())
        .containsExactly(
            new Upstream.Address("db1.example.com", 5432),
            new Upstream.Address("db2.example.com", 5433),
            new Upstream.Address("2001:db8::3", 5432));
  }

  @Test
  void theExampleOfBundlesIsAConfiguration() throws IOException, InvalidFileException {
    Path config =
        Files.copy(EXAMPLES.resolve("bundles/blastwall.yaml"), folder.resolve("blastwall.yaml"));
    Files.createFile(folder.resolve("release.pub.pem"));
    Files.createFile(folder.resolve("bundle-token"));

    Configuration configuration =
        Configuration.load(config, Map.of("SHOP_PASSWORD", "secret")::get);

    assertThat(configuration.bundles())
        .extracting(BundleConfig::name)
        .containsExactly("shop", "labels", "teams", "grants");
    assertThat(configuration.sets())
        .extracting(ConfiguredSet::name)
        .containsExactly("next", "trial");
  }

  @Test
  void theExampleOfAPolicyRepositoryIsAConfiguration() throws IOException, InvalidFileException {
    Path config =
        Files.copy(
            EXAMPLES.resolve("policy-repository/blastwall.yaml"), folder.resolve("blastwall.yaml"));
    Files.createFile(folder.resolve("release.pub.pem"));

    Configuration configuration =
        Configuration.load(config, Map.of("SHOP_PASSWORD", "secret")::get);

    assertThat(configuration.bundles()).extracting(BundleConfig::name).containsExactly("acme");
  }

  @Test
  void theExampleOfDecisionLogsIsAConfiguration() throws IOException, InvalidFileException {
    Path config =
        Files.copy(
            EXAMPLES.resolve("decision-logs/blastwall.yaml"), folder.resolve("blastwall.yaml"));
    Files.createFile(folder.resolve("starter.tar.gz"));
    Files.createFile(folder.resolve("log-token"));

    DecisionLogs logs =
        Configuration.load(config, Map.of("SHOP_PASSWORD", "secret")::get).decisionLogs();

    assertThat(logs.isOn()).isTrue();
    assertThat(logs.service()).isPresent();
  }
}
