package dev.blastwall.opa.bundle;

import dev.blastwall.opa.embedded.PlanFuzzer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Runs the fuzzers of {@code ci/fuzz} for a moment, the same each time, so that they go on working;
 * what they once found has tests of its own.
 */
class FuzzersTest {
  private static final List<byte[]> PLANS = read(FuzzSeeds::plans);
  private static final List<byte[]> BUNDLES = read(FuzzSeeds::bundles);

  private interface Seeds {
    List<byte[]> read() throws IOException;
  }

  private static List<byte[]> read(Seeds seeds) {
    try {
      return seeds.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everySeedIsLoadedOrRefused() {
    PLANS.forEach(PlanFuzzer::fuzzerTestOneInput);
    BUNDLES.forEach(BundleFuzzer::fuzzerTestOneInput);
  }

  @Property(tries = 2_000, seed = "1")
  void aChangedPlanIsLoadedOrRefused(@ForAll long seed) {
    PlanFuzzer.fuzzerTestOneInput(changed(PLANS, new Random(seed)));
  }

  @Property(tries = 2_000, seed = "1")
  void aChangedBundleIsReadOrRefused(@ForAll long seed) {
    BundleFuzzer.fuzzerTestOneInput(changed(BUNDLES, new Random(seed)));
  }

  /** One of the seeds with a few changes, as a fuzzer makes them. */
  private static byte[] changed(List<byte[]> seeds, Random random) {
    byte[] bytes = seeds.get(random.nextInt(seeds.size()));
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 2; i++) {
      bytes = change(bytes, random);
    }
    return bytes;
  }

  private static byte[] change(byte[] bytes, Random random) {
    // The first byte says what the others are.
    int from = 1 + random.nextInt(bytes.length - 1);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    switch (random.nextInt(4)) {
      case 0 -> out.write(bytes, to, bytes.length - to);
      case 1 -> {
        out.write(bytes, from, to - from);
        out.write(bytes, from, bytes.length - from);
      }
      case 2 -> {
        out.write(random.nextInt(256));
        out.write(bytes, from, bytes.length - from);
      }
      default -> {
        out.write(bytes[from] ^ 1 << random.nextInt(8));
        out.write(bytes, from + 1, bytes.length - from - 1);
      }
    }
    return out.toByteArray();
  }
}
