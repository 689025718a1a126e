package dev.blastwall.benchmarks;

import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.bundle.BundleConfig;
import dev.blastwall.opa.bundle.BundleListener;
import dev.blastwall.opa.bundle.BundleStatus;
import dev.blastwall.opa.bundle.Bundles;
import dev.blastwall.opa.bundle.EmbeddedEngines;
import dev.blastwall.opa.embedded.EngineOptions;
import dev.blastwall.policy.OpaPolicy;
import dev.blastwall.policy.Policy;
import dev.blastwall.policy.Question;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * How long decisions take while a bundle with large data is read and activated beside them.
 *
 * <p>Questions come at a fixed rate and their time counts from when they should have come, so that
 * a pause shows in all that it delayed. Arguments: megabytes of data, rounds, decisions a second.
 */
public final class ActivationPauses {

  private static final long QUIET_NANOS = 5_000_000_000L;
  private static final int WARM_UP = 60_000;

  private final Path file;
  private final Policy policy;
  private final Question question = new Question.Connect();
  private final long interval;

  private ActivationPauses(Path file, Bundles bundles, int rate) {
    this.file = file;
    this.policy =
        new OpaPolicy(bundles, MaskingKey.random(), InstantSource.system(), Optional.empty());
    this.interval = 1_000_000_000L / rate;
  }

  /** Measures and prints a table. */
  public static void main(String[] arguments) throws Exception {
    int megabytes = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    int rate = Integer.parseInt(arguments[2]);
    Path folder = Files.createTempDirectory("activation");
    Path file = folder.resolve("bundle.tar.gz");
    Files.write(file, starterWith(0, 0));
    SynchronousQueue<BundleStatus> activated = new SynchronousQueue<>();
    try (Bundles bundles =
        Bundles.start(
            List.of(BundleConfig.inFiles("policy", file)),
            new EmbeddedEngines(EngineOptions.DEFAULT, OpaPolicy.ENTRYPOINT),
            OpaPolicy.ENTRYPOINT,
            null,
            handing(activated))) {
      activated.take();
      new ActivationPauses(file, bundles, rate).measure(megabytes, rounds, activated);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static BundleListener handing(SynchronousQueue<BundleStatus> activated) {
    return new BundleListener() {
      @Override
      public void activated(BundleStatus status) {
        try {
          activated.put(status);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }

      @Override
      public void refused(BundleStatus status) {
        System.err.println(status.error());
      }
    };
  }

  private void measure(int megabytes, int rounds, SynchronousQueue<BundleStatus> activated)
      throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      decide();
    }
    print("phase", "loading [ms]", "decisions", "p50 [µs]", "p99 [µs]", "p99.9 [µs]", "max [µs]");
    long end = System.nanoTime() + QUIET_NANOS;
    print("quiet", 0, pace(() -> System.nanoTime() > end));
    for (int round = 1; round <= rounds; round++) {
      Path next = file.resolveSibling("next");
      Files.write(next, starterWith(megabytes, round));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      BundleStatus[] status = new BundleStatus[1];
      long[] times = pace(() -> (status[0] = activated.poll()) != null);
      print("round " + round, status[0].loading().toMillis(), times);
    }
  }

  /** The time of each decision in nanoseconds, sorted. */
  private long[] pace(BooleanSupplier over) {
    long[] times = new long[1 << 16];
    int count = 0;
    for (long due = System.nanoTime(); !over.getAsBoolean(); due += interval) {
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      decide();
      if (count == times.length) {
        times = Arrays.copyOf(times, count * 2);
      }
      times[count++] = System.nanoTime() - due;
    }
    long[] all = Arrays.copyOf(times, count);
    Arrays.sort(all);
    return all;
  }

  private void decide() {
    // A session of its own each time, which remembers nothing.
    policy.of(PgbenchSelect.SESSION).decide("d", question, decision -> {});
  }

  private static void print(String phase, long loading, long[] times) {
    print(
        phase,
        loading,
        times.length,
        at(times, 0.5),
        at(times, 0.99),
        at(times, 0.999),
        times[times.length - 1] / 1000);
  }

  private static long at(long[] times, double quantile) {
    return times[(int) (times.length * quantile)] / 1000;
  }

  private static void print(Object... cells) {
    System.out.printf("| %-8s | %12s | %9s | %9s | %9s | %10s | %9s |%n", cells);
  }

  /** The starter bundle, with a catalogue of tables beside its own data. */
  private static byte[] starterWith(int megabytes, int round) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (InputStream starter =
            ActivationPauses.class.getResourceAsStream("/bundles/starter.tar.gz");
        TarArchiveInputStream in =
            new TarArchiveInputStream(
                new GZIPInputStream(Objects.requireNonNull(starter, "the build puts it there")));
        TarArchiveOutputStream out = new TarArchiveOutputStream(new GZIPOutputStream(archive))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        add(out, entry.getName(), in.readAllBytes());
      }
      add(out, "catalogue/data.json", catalogue(megabytes << 20, round));
    }
    return archive.toByteArray();
  }

  private static void add(TarArchiveOutputStream out, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }

  private static byte[] catalogue(int bytes, int round) {
    StringBuilder json = new StringBuilder(bytes + 200).append("{\"round\":").append(round);
    for (int i = 0; json.length() < bytes; i++) {
      json.append(
          ",\"table_%d\":{\"owner\":\"team-%d\",\"tier\":\"gold\",\"rows\":%d,\"tags\":[\"pii\",\"t%d\"],\"public\":%b}"
              .formatted(i, i % 977, i * 31L, i % 13, i % 3 == 0));
    }
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }
}
