package dev.blastwall.opa.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpaAddressTest {
  @Test
  void aPathIsASocket() {
    assertThat(OpaAddress.parse("unix:///run/opa.sock"))
        .isEqualTo(new OpaAddress.UnixSocket(Path.of("/run/opa.sock")))
        .hasToString("unix:///run/opa.sock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8181", "http://localhost:8181/", "http://[::1]:8181"})
  void aPortOfThisMachineWillDo(String text) {
    assertThat(OpaAddress.parse(text)).isInstanceOf(OpaAddress.Tcp.class).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://opa.example:8181",
        "http://10.0.0.1:8181",
        "http://user@localhost",
        "http://localhost/v1/data",
        "http://localhost?x",
        "https://localhost",
        "unix://run/opa.sock",
        "unix:///",
        "unix:",
        "/run/opa.sock",
        "opa",
        "http:// x"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> OpaAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
