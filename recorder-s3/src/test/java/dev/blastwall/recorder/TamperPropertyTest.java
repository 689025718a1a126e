package dev.blastwall.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * Every change of every file is found: in a folder whose recorder closed, and in one whose recorder
 * was killed and not started again. The folders are made once; each try changes one thing and puts
 * it back.
 */
class TamperPropertyTest {

  private static final int GENERATION_BYTES = 600;
  private static final Recorded RECORDED = Recorded.make();

  private final Folder closed = RECORDED.closed;
  private final Folder killed = RECORDED.killed;

  private record Recorded(Path temp, Folder closed, Folder killed) {

    static Recorded make() {
      try {
        var temp = Files.createTempDirectory("tamper");
        var key = SigningKey.loadOrCreate(temp.resolve("keys"));
        var root = temp.resolve("closed");
        record(root, key, "first").close();
        var recorder = record(root, key, "second");
        var killed = Folder.of(Fixture.copy(root, temp.resolve("killed")), key);
        recorder.close();
        return new Recorded(temp, Folder.of(root, key), killed);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    /** Two sessions over several segments; the spool holds the end of both. */
    private static Recorder record(Path root, SigningKey key, String run) throws Exception {
      var options =
          RecorderOptions.defaults().withGenerations(GENERATION_BYTES, Duration.ofHours(1));
      var recorder = Recorder.open(root, key, options);
      var one = Fixture.begin(recorder, run + "-one");
      var two = Fixture.begin(recorder, run + "-two");
      for (var i = 0; i < 4; i++) {
        Fixture.durable(one, "select " + i + " from orders");
        Fixture.durable(two, "same body");
      }
      one.close("done");
      Fixture.durable(two, "last");
      awaitSealer(new RecordingFolder(root));
      return recorder;
    }

    /** Until nothing moves, so that a copy is of one moment. */
    private static void awaitSealer(RecordingFolder folder) throws IOException {
      var spool = folder.generations();
      while (spool.size() > 1 || Files.size(spool.get(spool.lastKey())) >= GENERATION_BYTES) {
        LockSupport.parkNanos(1_000_000);
        spool = folder.generations();
      }
    }
  }

  /** A recorded folder and its files with content (the lock file is empty and no evidence). */
  private record Folder(Path root, PublicKey key, List<Path> files) {

    static Folder of(Path root, SigningKey key) throws IOException {
      try (var files = Files.walk(root)) {
        var evidence =
            files.filter(it -> Files.isRegularFile(it) && !it.endsWith("recorder.lock")).sorted();
        return new Folder(root, key.publicKey(), evidence.toList());
      }
    }

    Path file(int index) {
      return files.get(Math.floorMod(index, files.size()));
    }
  }

  @AfterContainer
  static void delete() throws IOException {
    try (var files = Files.walk(RECORDED.temp)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Example
  void untouchedFoldersAreSound() throws IOException {
    assertThat(findings(closed)).isEmpty();
    assertThat(findings(killed)).isEmpty();
    assertThat(closed.files).hasSizeGreaterThan(6);
    assertThat(killed.files).anyMatch(it -> it.toString().endsWith(".spool"));
  }

  @Property(tries = 150)
  void flippedBitIsFound(
      @ForAll int file, @ForAll @IntRange(max = 1 << 20) int at, @ForAll @IntRange(max = 7) int bit)
      throws IOException {
    changed(closed, file, it -> flip(it, at, bit));
    changed(killed, file, it -> flip(it, at, bit));
  }

  @Property(tries = 50)
  void deletedByteIsFound(@ForAll int file, @ForAll @IntRange(max = 1 << 20) int at)
      throws IOException {
    changed(closed, file, it -> without(it, at));
    changed(killed, file, it -> without(it, at));
  }

  @Property(tries = 50)
  void insertedByteIsFound(
      @ForAll int file, @ForAll @IntRange(max = 1 << 20) int at, @ForAll byte value)
      throws IOException {
    changed(closed, file, it -> with(it, at % (it.length + 1), value));
    changed(killed, file, it -> with(it, at % (it.length + 1), value));
  }

  /**
   * In a killed folder a spool that ends between two frames may be what the kill left: FORMAT.md
   * says so.
   */
  @Property(tries = 50)
  void truncationIsFound(@ForAll int file, @ForAll @IntRange(max = 1 << 20) int length)
      throws IOException {
    changed(closed, file, it -> Arrays.copyOf(it, length % it.length));
  }

  @Property(tries = 50)
  void missingFileIsFound(@ForAll int file) throws IOException {
    changed(closed, file, it -> null);
    changed(killed, file, it -> null);
  }

  @Property(tries = 50)
  void swappedFilesAreFound(@ForAll int one, @ForAll int other) throws IOException {
    swapped(closed, one, other);
    swapped(killed, one, other);
  }

  @Property(tries = 50)
  void fileThatDoesNotBelongIsFound(
      @ForAll int file, @ForAll @IntRange(min = 1, max = 1 << 16) int suffix) throws IOException {
    var original = closed.file(file);
    var copy = original.resolveSibling(original.getFileName() + "." + suffix);
    Files.copy(original, copy);
    try {
      assertThat(findings(closed)).isNotEmpty();
    } finally {
      Files.delete(copy);
    }
  }

  private interface Change {
    byte @Nullable [] apply(byte[] content);
  }

  private static void changed(Folder folder, int index, Change change) throws IOException {
    var file = folder.file(index);
    var content = Files.readAllBytes(file);
    var changed = change.apply(content);
    try {
      if (changed == null) {
        Files.delete(file);
      } else {
        Files.write(file, changed);
      }
      if (!Arrays.equals(content, changed)) {
        assertThat(findings(folder)).as("%s", file).isNotEmpty();
      }
    } finally {
      Files.write(file, content);
    }
  }

  private static void swapped(Folder folder, int one, int other) throws IOException {
    var first = Files.readAllBytes(folder.file(one));
    var second = Files.readAllBytes(folder.file(other));
    try {
      Files.write(folder.file(one), second);
      Files.write(folder.file(other), first);
      if (!folder.file(one).equals(folder.file(other))) {
        assertThat(findings(folder)).as("%s %s", folder.file(one), folder.file(other)).isNotEmpty();
      }
    } finally {
      Files.write(folder.file(one), first);
      Files.write(folder.file(other), second);
    }
  }

  private static byte[] flip(byte[] content, int at, int bit) {
    var changed = content.clone();
    changed[at % changed.length] ^= (byte) (1 << bit);
    return changed;
  }

  private static byte[] without(byte[] content, int at) {
    var place = at % content.length;
    var changed = Arrays.copyOf(content, content.length - 1);
    System.arraycopy(content, place + 1, changed, place, content.length - place - 1);
    return changed;
  }

  private static byte[] with(byte[] content, int place, byte value) {
    var changed = Arrays.copyOf(content, content.length + 1);
    System.arraycopy(content, place, changed, place + 1, content.length - place);
    changed[place] = value;
    return changed;
  }

  private static List<Finding> findings(Folder folder) throws IOException {
    return Verifier.verify(folder.root(), folder.key()).findings();
  }
}
