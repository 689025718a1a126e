package dev.blastwall.protocol.postgresql;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Runs the fuzzers of {@code ci/fuzz} for a moment, the same each time, so that they go on working;
 * what they once found has tests of its own.
 */
class FuzzersIT {

  static final List<byte[]> CLIENT = PostgresqlFuzzSeeds.client();
  static final List<byte[]> SERVER = PostgresqlFuzzSeeds.server();

  @Test
  void everySeedOfAClientIsJudged() {
    run(CLIENT, ClientFuzzer::fuzzerTestOneInput);
  }

  @Test
  void everySeedOfAServerIsMasked() {
    run(SERVER, ServerFuzzer::fuzzerTestOneInput);
  }

  @Test
  void rowsOfACommandThatShouldHaveNoneAreNotShown() {
    ServerFuzzer.fuzzerTestOneInput(
        FuzzScript.seed(
            FuzzGate.MASKS,
            FuzzScript.action(13),
            RawClient.message('1'),
            RawClient.message('2'),
            RawClient.message('n'),
            RawClient.message('D', "\0\1\0\0\0\17ada@example.org")));
  }

  private static void run(List<byte[]> seeds, Consumer<byte[]> fuzzer) {
    for (int i = 0; i < seeds.size(); i++) {
      try {
        fuzzer.accept(seeds.get(i));
      } catch (Throwable e) {
        throw new AssertionError("seed " + i, e);
      }
    }
  }

  @Property(tries = 2_000, seed = "1")
  void aChangedClientIsJudged(@ForAll long seed) {
    ClientFuzzer.fuzzerTestOneInput(changed(CLIENT, new Random(seed)));
  }

  @Property(tries = 2_000, seed = "1")
  void aChangedServerIsMasked(@ForAll long seed) {
    ServerFuzzer.fuzzerTestOneInput(changed(SERVER, new Random(seed)));
  }

  /** A seed with a few bytes changed and a part of it repeated or left out. */
  static byte[] changed(List<byte[]> seeds, Random random) {
    byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    int from = random.nextInt(bytes.length);
    int to = random.nextInt(bytes.length);
    byte[] changed = new byte[from + bytes.length - to];
    System.arraycopy(bytes, 0, changed, 0, from);
    System.arraycopy(bytes, to, changed, from, bytes.length - to);
    return changed;
  }
}
