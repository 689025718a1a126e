package dev.blastwall.opa.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.BundleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signatures that the real tool makes. */
class SignaturesIT {
  /** What a canonical form can get wrong. */
  private static final String AWKWARD =
      """
      {"z": {"é": 1.0, "e": 1E5, "\\ud83d\\ude00": -0, "\\uffee": 100000000000000000000.10},
       "a": ["\\u2028\\u2029", "<&>\\u007f", "\\b\\f\\n\\r\\t\\u0001\\"\\\\\\/", "\\ud800 alone"],
       "empty": [{}, [], "", null, true, false], "twice": 1, "twice": 2,
       "many": {"k10": 1, "k9": 2, "k1": 3, "K": 4, "k2": 5, "k3": 6, "k4": 7, "k5": 8, "k6": 9}}
      """;

  @TempDir Path work;
  private Opa opa;

  @BeforeEach
  void sources() throws IOException {
    opa =
        new Opa(Files.createDirectory(work.resolve("shop")))
            .source("shop.rego", "package shop\n\ndecision := {\"ok\": data.awkward.twice}\n")
            .source("awkward/data.json", AWKWARD);
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void whatTheToolSignsIsVerified(SignatureAlgorithm algorithm) throws Exception {
    // Given
    SigningKey key = SigningKey.create(algorithm, work);
    byte[] archive = opa.buildPlan(with(key, "--revision", "r1"));

    // When
    BundleContent content = reader(Map.of("default", key.verificationKey(""))).read(archive);

    // Then
    assertThat(((BundleContent.Snapshot) content).manifest().revision()).isEqualTo("r1");
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void whatAnotherSignedIsRefused(SignatureAlgorithm algorithm) throws Exception {
    // Given
    byte[] archive = opa.buildPlan(with(SigningKey.create(algorithm, work)));
    SigningKey other = SigningKey.create(algorithm, Files.createDirectory(work.resolve("other")));
    VerificationKey key =
        new VerificationKey(algorithm, new SecretRef.Text(other.verifier() + "\n"), "");

    // Then
    assertRefused(archive, Map.of("default", key), "was not made with the key default");
  }

  @Test
  void aFolderThatWasSignedIsVerifiedWithItsYaml() throws Exception {
    // Given: signed in place, packed by tar.
    SigningKey key = SigningKey.create(SignatureAlgorithm.RS256, work);
    opa.source("more/data.yaml", "on: yes\nratio: 0.1\ntiny: 1e-7\nwhole: 3.0\nlarge: 1e21\n")
        .source(".manifest", "{ \"revision\" : \"r2\" }")
        .source("notes.txt", "anything");
    opa.run(
        List.of(
            "sign", "--signing-key", key.file().toString(), "--signing-alg", "RS256", "-b", "."));

    // When
    byte[] archive = packed();
    BundleContent content = reader(Map.of("only", key.verificationKey(""))).read(archive);

    // Then
    assertThat(((BundleContent.Snapshot) content).data().get("more"))
        .hasToString("{\"large\":1e+21,\"on\":\"yes\",\"ratio\":0.1,\"tiny\":1e-7,\"whole\":3}");
  }

  @Test
  void whateverIsChangedAfterwardsIsRefused() throws Exception {
    // Given
    SigningKey key = SigningKey.create(SignatureAlgorithm.ES256, work);
    Map<String, byte[]> files = Archive.unpacked(opa.buildPlan(with(key, "--revision", "r1")));
    Map<String, VerificationKey> keys = Map.of("default", key.verificationKey(""));
    assertThat(files).containsKeys("/plan.json", "/data.json", "/.manifest", "/shop.rego");

    // Then
    for (String name : files.keySet()) {
      if (!name.endsWith(SignatureFile.NAME)) {
        String file = name.substring(1);
        assertRefused(without(files, name), keys, "the bundle lacks " + file);
        assertRefused(
            with(files, name, changed(files.get(name))), keys, file + " is not what was signed");
      }
    }
    assertRefused(
        with(files, "/extra/data.json", "{\"a\":1}".getBytes()),
        keys,
        "extra/data.json, which its signature does not name");
    assertRefused(without(files, "/.signatures.json"), keys, "the bundle is not signed");
  }

  @Test
  void aKeyThatIsNotKnownIsNamed() throws Exception {
    // Given
    SigningKey key = SigningKey.create(SignatureAlgorithm.HS256, work);
    byte[] archive = opa.buildPlan(with(key));

    // Then
    assertRefused(
        archive,
        Map.of("release", key.verificationKey(""), "next", key.verificationKey("")),
        "signed with the key default, which is not among the verification keys (next, release)");
  }

  @Test
  void theScopeMustBeTheOneThatIsWanted() throws Exception {
    // Given
    SigningKey key = SigningKey.create(SignatureAlgorithm.HS256, work);
    Path claims = Files.writeString(work.resolve("claims.json"), "{\"scope\":\"production\"}");
    byte[] archive = opa.buildPlan(with(key, "--claims-file", claims.toString()));

    // Then
    assertRefused(archive, Map.of("default", key.verificationKey("")), "\"production\"");
    assertRefused(archive, Map.of("default", key.verificationKey("test")), "\"test\" is wanted");
    assertThat(reader(Map.of("default", key.verificationKey("production"))).read(archive))
        .isNotNull();
    assertThat(
            new BundleReader(
                    BundleLimits.DEFAULT,
                    new Verification.Signed(
                        Map.of("default", key.verificationKey("test")),
                        Optional.of("default"),
                        Optional.of("production")))
                .read(archive))
        .isNotNull();
  }

  @Test
  void aKeyInAFileMayChange() throws Exception {
    // Given
    SigningKey old = SigningKey.create(SignatureAlgorithm.RS256, work);
    Path file = Files.writeString(work.resolve("verify.pem"), old.verifier());
    BundleReader reader =
        reader(
            Map.of(
                "default",
                new VerificationKey(SignatureAlgorithm.RS256, new SecretRef.InFile(file), "")));
    assertThat(reader.read(opa.buildPlan(with(old)))).isNotNull();

    // When
    SigningKey rotated =
        SigningKey.create(SignatureAlgorithm.RS256, Files.createDirectory(work.resolve("next")));
    Files.writeString(file, old.verifier() + rotated.verifier());

    // Then: both count, until the old one is taken away.
    assertThat(reader.read(opa.buildPlan(with(old)))).isNotNull();
    assertThat(reader.read(opa.buildPlan(with(rotated)))).isNotNull();
    Files.writeString(file, rotated.verifier());
    assertThat(reader.read(opa.buildPlan(with(rotated)))).isNotNull();
    byte[] archive = opa.buildPlan(with(old));
    assertThatThrownBy(() -> reader.read(archive)).hasMessageContaining("was not made with");
  }

  @Test
  void aSignedBundleIsRefusedWithoutKeys() throws Exception {
    byte[] archive = opa.buildPlan(with(SigningKey.create(SignatureAlgorithm.HS256, work)));
    assertThatThrownBy(
            () -> new BundleReader(BundleLimits.DEFAULT, new Verification.Unsigned()).read(archive))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("no key to verify it with is configured");
  }

  @Test
  void aDeltaIsRefusedWhereSignaturesAreRequired() throws GeneralSecurityException, IOException {
    SigningKey key = SigningKey.create(SignatureAlgorithm.HS256, work);
    assertRefused(
        new Archive()
            .file("patch.json", "{\"data\":[{\"op\":\"upsert\",\"path\":\"a\",\"value\":1}]}")
            .bytes(),
        Map.of("default", key.verificationKey("")),
        "cannot be signed");
  }

  private static void assertRefused(
      byte[] archive, Map<String, VerificationKey> keys, String reason) {
    assertThatThrownBy(() -> reader(keys).read(archive))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining(reason);
  }

  private static BundleReader reader(Map<String, VerificationKey> keys) {
    return new BundleReader(
        BundleLimits.DEFAULT, new Verification.Signed(keys, Optional.empty(), Optional.empty()));
  }

  private static String[] with(SigningKey key, String... more) {
    List<String> arguments = new ArrayList<>(List.of(key.arguments()));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private byte[] packed() throws IOException {
    Archive archive = new Archive();
    Path folder = work.resolve("shop");
    try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        archive.file(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return archive.bytes();
  }

  private static byte[] without(Map<String, byte[]> files, String name) {
    Map<String, byte[]> rest = new TreeMap<>(files);
    rest.remove(name);
    return Archive.packed(rest);
  }

  private static byte[] with(Map<String, byte[]> files, String name, byte[] content) {
    Map<String, byte[]> more = new TreeMap<>(files);
    more.put(name, content);
    return Archive.packed(more);
  }

  /** One digit or letter is another, and all stays JSON. */
  private static byte[] changed(byte[] content) {
    byte[] changed = content.clone();
    for (int i = changed.length - 1; i >= 0; i--) {
      if (changed[i] == '1' || changed[i] == '2') {
        changed[i] ^= 3;
        return changed;
      }
      if (changed[i] == 'w') {
        changed[i] = 'v';
        return changed;
      }
    }
    throw new AssertionError("nothing to change");
  }
}
