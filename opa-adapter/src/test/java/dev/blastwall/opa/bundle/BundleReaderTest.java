package dev.blastwall.opa.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class BundleReaderTest {
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
    Bundle bundle = BundleReader.read(archive.in());

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
    assertRefused(plan().file("/plan.pb", ""), "both plan.json and plan.pb");
    assertRefused(plan().file("/data.json", "[1]"), "must hold an object");
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
    assertThatThrownBy(() -> reader(10, 10_000).read(archive.bytes()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("more than 10 entries");
  }

  @Test
  void anArchiveThatUnpacksToTooMuchIsRefused() {
    // Given: a few kilobytes that unpack to forty megabytes.
    Archive archive = plan().file("bomb", "\0".repeat(40 << 20));

    // Then
    assertThat(archive.bytes().length).isLessThan(100_000);
    assertThatThrownBy(() -> reader(10, 1 << 20).read(archive.bytes()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("more than 1 MiB");
  }

  @Test
  void headersCountToo() {
    // Given: no file at all, but a name of forty megabytes.
    Archive archive = plan().longName("\0".repeat(40 << 20));

    // Then
    assertThatThrownBy(() -> reader(10, 1 << 20).read(archive.bytes()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("more than 1 MiB");
  }

  @Test
  void dataThatIsSmallAsTextAndLargeInMemoryIsRefused() {
    // Given: three bytes of text for each object.
    Archive archive = plan().file("data.json", "{\"a\":[" + "{},".repeat(50_000) + "{}]}");

    // Then
    assertThatThrownBy(() -> reader(10, 1 << 20).read(archive.bytes()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("data.json cannot be read");
  }

  @Test
  void yamlIsDataAsWell() throws Exception {
    // Given
    Archive archive =
        plan()
            .file(
                "/a/data.yaml", "on: yes\ncount: 3\nratio: 0.5\nlist: [x, null, true]\nbig: 1e25\n")
            .file("/b/data.yml", "x: 1\nx: 2\n");

    // When
    Bundle bundle = BundleReader.read(archive.in());

    // Then: as the core schema of YAML 1.2 has it, and the later of two keys wins.
    assertThat(bundle.data())
        .hasToString(
            "{\"a\":{\"big\":1e+25,\"count\":3,\"list\":[\"x\",null,true],\"on\":\"yes\",\"ratio\":0.5},\"b\":{\"x\":2}}");
  }

  @Test
  void anAliasBombIsRefused() {
    // Given
    StringBuilder yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    }

    // Then
    assertRefused(plan().file("/data.yaml", yaml.toString()), "data.yaml cannot be read");
  }

  @Test
  void dataThatNestTooDeepAreRefused() {
    String deep = "[".repeat(50_000);
    assertRefused(plan().file("/data.yaml", "a: " + deep), "nests deeper than 500 levels");
    assertRefused(plan().file("/data.yaml", "a:\n" + "- ".repeat(50_000)), "nests deeper");
    assertRefused(plan().file("/data.json", "{\"a\":" + deep), "data.json cannot be read");
  }

  @Test
  void rulesAndDataMustNotStandAtTheSamePlace() {
    // Given
    Archive archive =
        new Archive()
            .file("/plan.json", "{\"funcs\":{\"funcs\":[{\"path\":[\"g0\",\"shop\",\"allow\"]}]}}")
            .file("/shop/data.json", "{\"allow\":{\"x\":1}}");

    // Then
    assertRefused(archive, "both a rule and the data give data.shop.allow");
  }

  @Test
  void policyAndDataStayBelowTheRoots() {
    String rule = "{\"funcs\":{\"funcs\":[{\"path\":[\"g0\",\"other\",\"allow\"]}]}}";
    String roots = "{\"roots\":[\"/shop/\",\"labels/a\"]}";
    assertRefused(
        plan().file("/.manifest", roots).file("/labels/data.json", "{\"b\":1}"),
        "data.labels.b, which is not below the roots");
    assertRefused(
        new Archive().file("/plan.json", rule).file("/.manifest", roots),
        "a rule at data.other.allow");
    assertRefused(plan().file("/.manifest", "{\"roots\":[\"a/b\",\"a\"]}"), "one holds the other");
  }

  @Test
  void anArchiveThatIsCutShortIsRefusedWhereverItIsCut() {
    // Given
    byte[] whole = plan().file("/data.json", "{\"a\":1}").bytes();

    // Then
    for (int length = 0; length < whole.length - 8; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> BundleReader.read(new ByteArrayInputStream(part)))
          .isInstanceOf(BundleException.class);
    }
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> BundleReader.read(Path.of("nowhere.tar.gz")))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("nowhere.tar.gz");
  }

  private static BundleReader reader(int entries, long bytes) {
    return new BundleReader(new BundleLimits(entries, bytes, 10_000), new Verification.Unsigned());
  }

  private static Archive plan() {
    return new Archive().file("/plan.json", "{}");
  }

  private static void assertRefused(Archive archive, String reason) {
    assertThatThrownBy(() -> BundleReader.read(archive.in()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining(reason);
  }
}
