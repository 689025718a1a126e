package dev.blastwall.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class BundleTest {
  @Test
  void planRevisionAndDataAreRead() throws Exception {
    // Given
    Archive archive =
        new Archive()
            .file("/plan.json", "{\"plans\":{}}")
            .file("/data.json", "{\"a\":{\"x\":1}}")
            .file("/a/b/data.json", "{\"y\":2}")
            .file("/policy/a.rego", "package a")
            .file("/.manifest", "{\"revision\":\"r7\",\"roots\":[\"\"]}");

    // When
    Bundle bundle = Bundle.read(archive.in());

    // Then
    assertThat(bundle.revision()).isEqualTo("r7");
    assertThat(bundle.data()).hasToString("{\"a\":{\"b\":{\"y\":2},\"x\":1}}");
    assertThat(bundle.plan()).hasToString("{\"plans\":{}}");
  }

  @Test
  void aBundleWithoutPlanSaysHowToBuildOne() {
    assertRefused(
        new Archive().file("/data.json", "{}"), "opa build -t plan -e blastwall/decision");
  }

  @Test
  void whatLeadsOutOfTheBundleIsRefused() {
    assertRefused(plan().file("../../etc/data.json", "{}"), "outside the bundle");
    assertRefused(plan().file("a/../../data.json", "{}"), "outside the bundle");
    assertRefused(plan().file("a\\..\\data.json", "{}"), "outside the bundle");
  }

  @Test
  void linksAndDevicesAreRefused() {
    assertRefused(plan().link("data.json", TarConstants.LF_SYMLINK), "not a plain file");
    assertRefused(plan().link("data.json", TarConstants.LF_LINK), "not a plain file");
    assertRefused(plan().link("data.json", TarConstants.LF_CHR), "not a plain file");
  }

  @Test
  void aFileThatComesTwiceIsRefusedHoweverItsNameIsWritten() {
    assertRefused(plan().file("/plan.json", "{}"), "twice");
    assertRefused(plan().file("./plan.json", "{}"), "twice");
    assertRefused(plan().file("a//x", "").file("a/x", ""), "twice");
  }

  @Test
  void dataThatContradictsItselfIsRefused() {
    assertRefused(
        plan().file("/data.json", "{\"a\":{\"b\":1}}").file("/a/data.json", "{\"b\":2}"),
        "both give data");
  }

  @Test
  void whatThisReaderCannotJudgeIsRefused() {
    assertRefused(plan().file("/.signatures.json", "{}"), "signed");
    assertRefused(plan().file("/patch.json", "{}"), "delta");
    assertRefused(plan().file("/plan.pb", ""), "protobuf");
    assertRefused(plan().file("/x/data.yaml", "a: 1"), "YAML");
    assertRefused(plan().file("/data.json", "[1]"), "JSON object");
    assertRefused(plan().file("/data.json", "{"), "cannot be read");
    assertRefused(plan().file("/.manifest", "{\"revision\":7}"), "revision");
  }

  @Test
  void anArchiveWithTooManyEntriesIsRefused() {
    // Given
    Archive archive = plan();
    for (int i = 0; i < 11; i++) {
      archive.file("f" + i, "");
    }

    // Then
    assertThatThrownBy(() -> new BundleReader(10, 1_000).read(archive.in()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("more than 10 entries");
  }

  @Test
  void anArchiveThatUnpacksToTooMuchIsRefused() {
    // Given: a few kilobytes that unpack to forty megabytes.
    Archive archive = plan().file("bomb", "\0".repeat(40 << 20));

    // Then
    assertThat(archive.bytes().length).isLessThan(100_000);
    assertThatThrownBy(() -> new BundleReader(10, 1 << 20).read(archive.in()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("more than 1 MiB");
  }

  @Test
  void anArchiveThatIsCutShortIsRefusedWhereverItIsCut() {
    // Given
    byte[] whole = plan().file("/data.json", "{\"a\":1}").bytes();

    // Then
    for (int length = 0; length < whole.length - 8; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Bundle.read(new ByteArrayInputStream(part)))
          .isInstanceOf(BundleException.class);
    }
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Bundle.read(Path.of("nowhere.tar.gz")))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("nowhere.tar.gz");
  }

  private static Archive plan() {
    return new Archive().file("/plan.json", "{}");
  }

  private static void assertRefused(Archive archive, String reason) {
    assertThatThrownBy(() -> Bundle.read(archive.in()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining(reason);
  }

  /** Writes archives, good and bad. */
  private static final class Archive {
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();
    private boolean finished;
    private final TarArchiveOutputStream out = new TarArchiveOutputStream(tar);

    Archive file(String name, String content) {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setSize(bytes.length);
      return entry(entry, bytes);
    }

    Archive link(String name, byte type) {
      TarArchiveEntry entry = new TarArchiveEntry(name, type);
      entry.setLinkName("/etc/passwd");
      return entry(entry, new byte[0]);
    }

    private Archive entry(TarArchiveEntry entry, byte[] content) {
      try {
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    byte[] bytes() {
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
        if (!finished) {
          out.finish();
          finished = true;
        }
        gzip.write(tar.toByteArray());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return zipped.toByteArray();
    }

    ByteArrayInputStream in() {
      return new ByteArrayInputStream(bytes());
    }
  }
}
