package dev.blastwall.opa.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
  @Test
  void theFileThatAuthorsUseSaysWhatTheEngineOffers() throws Exception {
    // When
    String offered = Capabilities.json();

    // Then: on a difference, write what the engine offers into the file.
    Files.writeString(Path.of("target/capabilities.json"), offered);
    assertThat(Path.of("../rego/capabilities.json"))
        .as("copy opa-adapter/target/capabilities.json to rego/")
        .hasContent(offered);
  }

  @Test
  void theTextIsJson() throws Exception {
    assertThat(Json.read(Capabilities.json()).type())
        .isEqualTo(dev.blastwall.opa.Value.Type.OBJECT);
  }
}
