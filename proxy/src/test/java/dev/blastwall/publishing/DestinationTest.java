package dev.blastwall.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

  @Test
  void anObjectIsInTheStoreOfTheEnvironment() throws Exception {
    assertThat(Destination.of("s3://policies/teams/acme.tar.gz", Map.of("AWS_REGION", "eu-west-1")))
        .isEqualTo(
            new Destination.S3(
                URI.create("https://s3.eu-west-1.amazonaws.com"),
                "eu-west-1",
                "policies",
                "teams/acme.tar.gz"));
    assertThat(
            Destination.of("s3://policies/a", Map.of("AWS_ENDPOINT_URL", "https://store.example")))
        .isEqualTo(
            new Destination.S3(URI.create("https://store.example"), "us-east-1", "policies", "a"));
  }

  @Test
  void anArtifactIsInARegistryWithTlsUnlessOnThisMachine() throws Exception {
    assertThat(Destination.of("oci://registry.example:5000/policies/acme:v1", Map.of()))
        .isEqualTo(
            new Destination.Oci(
                URI.create("https://registry.example:5000"), "policies/acme", "v1"));
    assertThat(Destination.of("oci://127.0.0.1:5000/acme", Map.of()))
        .isEqualTo(new Destination.Oci(URI.create("http://127.0.0.1:5000"), "acme", "latest"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "acme.tar.gz",
        "https://bundles.example",
        "ftp://bundles.example/acme",
        "oci://registry.example/Upper",
        "oci://registry.example/a:b:c",
        "https://user:hunter2@bundles.example/acme",
        "s3://bucket",
        "https://exa mple/x"
      })
  void anythingElseIsRefusedAndNotRepeated(String url) {
    assertThatThrownBy(() -> Destination.of(url, Map.of()))
        .isInstanceOf(PublishingException.class)
        .hasMessageContaining("s3://BUCKET/OBJECT")
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void nothingLeavesThisMachineWithoutTls() {
    assertThatThrownBy(() -> Destination.of("http://bundles.example/acme.tar.gz", Map.of()))
        .isInstanceOf(PublishingException.class)
        .hasMessageContaining("https");
  }

  @Test
  void noSecretIsShown() throws Exception {
    assertThat(Destination.of("https://bundles.example/acme?signature=hunter2", Map.of()))
        .hasToString("https://bundles.example/acme");
    assertThat(new Login(Optional.of("ci"), Optional.of("hunter2")).toString())
        .doesNotContain("hunter2");
  }
}
