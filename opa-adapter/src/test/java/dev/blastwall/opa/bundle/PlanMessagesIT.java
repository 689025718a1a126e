package dev.blastwall.opa.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.embedded.EmbeddedEngine;
import dev.blastwall.opa.plan.PlanReader;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles in both forms that the real tool writes. */
class PlanMessagesIT {
  private static final String PROTO = "--format=proto";

  @TempDir Path folder;
  private Opa opa;

  @BeforeEach
  void sources() throws Exception {
    opa =
        new Opa(folder.resolve("shop"))
            .source(
                ".manifest",
                "{\"roots\":[\"shop\",\"prices\",\"lookup\"],\"metadata\":{\"x\":[1.5]}}")
            .source("prices/data.json", "{\"tea\":3.25}")
            .source(
                "shop.rego",
                """
                package shop

                decision := {"total": total, "rare": rare, "names": names} if not input.closed

                total := sum([data.prices[item] | some item in input.items]) * 1.10

                rare contains item if {
                	some i, item in input.items
                	every other in array.slice(input.items, 0, i) { other != item }
                }

                names[kind] := $"a {kind}" if some kind in ["x", "y"]

                clock := time.now_ns()

                mocked := cheap if {
                	cheap := total with input.items as ["tea"] with data.prices as {"tea": 1}
                }
                """)
            .source("lookup.rego", "package lookup\n\ndynamic := data.shop[input.which]\n");
  }

  private byte[] json() throws Exception {
    return opa.buildPlan("-e", "lookup/dynamic", "-r", "r7");
  }

  private byte[] proto(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-e", "lookup/dynamic", "-r", "r7"));
    arguments.add(PROTO);
    arguments.addAll(List.of(more));
    return opa.buildPlan(arguments.toArray(String[]::new));
  }

  private static Bundle read(byte[] archive) throws BundleException {
    return BundleReader.read(new ByteArrayInputStream(archive));
  }

  private static byte[] with(byte[] archive, String file, byte[] content) throws BundleException {
    Map<String, byte[]> files = Archive.unpacked(archive);
    files.put(file, content);
    return Archive.packed(files);
  }

  @Test
  void bothFormsAreTheSamePlanWithTheSameLocations() throws Exception {
    // When
    Bundle json = read(json());
    Bundle proto = read(proto());

    // Then
    assertThat(PlanReader.read(proto.plan())).isEqualTo(PlanReader.read(json.plan()));
    assertThat(proto.revision()).isEqualTo("r7");
    assertThat(proto.data()).isEqualTo(json.data());
    assertThat(proto.sources()).isEqualTo(json.sources());
  }

  @Test
  void bothFormsDecideAndExplainAlike() throws Exception {
    // Given
    EmbeddedEngine json = EmbeddedEngine.load(read(json()));
    EmbeddedEngine proto = EmbeddedEngine.load(read(proto()));

    for (String input :
        List.of(
            "{\"items\":[\"tea\",\"tea\"],\"which\":\"mocked\"}", "{\"closed\":true}", "[]", "7")) {
      for (String entrypoint : List.of("shop/decision", "lookup/dynamic")) {
        // Then
        assertThat(proto.explain(entrypoint, Json.read(input)))
            .isEqualTo(json.explain(entrypoint, Json.read(input)));
      }
    }
  }

  @Test
  void theSignatureOfTheToolHoldsForMessagesAsTheyAre() throws Exception {
    // Given
    SigningKey key = SigningKey.create(SignatureAlgorithm.ES256, folder);
    Map<String, VerificationKey> keys = Map.of("global_key", key.verificationKey(""));
    BundleReader reader =
        new BundleReader(
            BundleLimits.DEFAULT,
            new Verification.Signed(keys, Optional.of("global_key"), Optional.empty()));

    // When
    byte[] signed = proto(key.arguments());

    // Then
    assertThat(((BundleContent.Snapshot) reader.read(signed)).manifest().revision())
        .isEqualTo("r7");
    for (String file : List.of("/plan.pb", "/.manifest.pb")) {
      assertThatThrownBy(() -> reader.read(with(signed, file, new byte[] {0x78, 1})))
          .isInstanceOf(BundleException.class)
          .hasMessageContaining(file.substring(1) + " is not what was signed");
    }
  }

  @Test
  void aRuleOutsideTheRootsIsRefused() throws Exception {
    // Given
    byte[] foreign = with(proto(), "/.manifest.pb", new byte[] {0x38, 1});

    // Then
    assertThatThrownBy(() -> read(foreign))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("not below the roots");
  }

  @Test
  void aBundleInBothFormsIsRefused() throws Exception {
    // Given
    byte[] json = json();
    Map<String, byte[]> proto = Archive.unpacked(proto());

    // Then
    assertThatThrownBy(() -> read(with(json, "/plan.pb", proto.get("/plan.pb"))))
        .hasMessageContaining("both plan.json and plan.pb");
    assertThatThrownBy(() -> read(with(json, "/.manifest.pb", proto.get("/.manifest.pb"))))
        .hasMessageContaining("both .manifest and .manifest.pb");
  }
}
