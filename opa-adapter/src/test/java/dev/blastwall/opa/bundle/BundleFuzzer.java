package dev.blastwall.opa.bundle;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Reads bytes as a bundle; {@code ci/fuzz bundle} calls it. The first byte says what the others
 * are: {@link #TAR} the tar archive inside the compression, {@link #FILES} the files of an archive
 * with their names, {@link #SIGNED} the same with verification, all others the archive itself. A
 * bundle may be refused; whatever else is thrown is a finding.
 */
public final class BundleFuzzer {
  static final byte TAR = 't';
  static final byte FILES = 'f';
  static final byte SIGNED = 's';

  /** The file whose content is the payload of a signature that is made over it, and holds. */
  static final String CLAIMS = "claims";

  /** Stands between the files of {@link #FILES} and {@link #SIGNED}. */
  static final String SEPARATOR = "\n--\n";

  static final String SECRET = "not a secret, but long enough for HS256";

  private static final BundleLimits LIMITS = new BundleLimits(100, 4 << 20, 200_000);
  private static final BundleReader UNSIGNED =
      new BundleReader(LIMITS, new Verification.Unsigned());
  private static final BundleReader VERIFYING =
      new BundleReader(
          LIMITS,
          new Verification.Signed(
              Map.of(
                  "default",
                  new VerificationKey(SignatureAlgorithm.HS256, new SecretRef.Text(SECRET), "")),
              Optional.empty(),
              Optional.empty()));

  private BundleFuzzer() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    byte[] rest = bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length);
    try {
      switch (bytes.length == 0 ? 0 : bytes[0]) {
        case TAR -> use(UNSIGNED.read(zipped(rest)));
        case FILES -> use(UNSIGNED.read(archive(rest)));
        case SIGNED -> use(VERIFYING.read(archive(rest)));
        default -> use(UNSIGNED.read(bytes));
      }
    } catch (BundleException refused) {
      // As it should be.
    }
  }

  private static void use(BundleContent content) throws BundleException {
    switch (content) {
      case BundleContent.Snapshot snapshot -> {
        if (snapshot.plan() != null) {
          SmokeInputs.of(Composition.of(snapshot).data(), "test");
        }
      }
      case BundleContent.Delta delta -> delta.applyTo(before());
    }
  }

  private static BundleContent.Snapshot before() {
    try {
      Value data = Json.read("{\"a\":{\"b\":[1,2,{\"c\":[]}]},\"x\":7}");
      return new BundleContent.Snapshot(Manifest.DEFAULT, null, (ObjectValue) data, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zipped(byte[] tar) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(tar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  /** An empty one where there are names that no archive can hold. */
  private static byte[] archive(byte[] bytes) {
    try {
      return packed(bytes).bytes();
    } catch (IllegalArgumentException | UncheckedIOException impossible) {
      return new Archive().bytes();
    }
  }

  private static Archive packed(byte[] bytes) {
    Archive archive = new Archive();
    // One byte for each character, so that nothing is lost.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String file : text.split(SEPARATOR, 50)) {
      String[] parts = file.split("\n", 2);
      String content = parts.length == 1 ? "" : parts[1];
      if (parts[0].equals(CLAIMS)) {
        archive.file(SignatureFile.NAME, signature(content));
      } else {
        archive.file(parts[0], content.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return archive;
  }

  private static String signature(String claims) {
    try {
      JWSObject token =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("default").build(),
              new Payload(claims.getBytes(StandardCharsets.ISO_8859_1)));
      token.sign(new MACSigner(SECRET));
      return "{\"signatures\":[\"" + token.serialize() + "\"]}";
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files as {@link #FILES} or {@link #SIGNED} has them. */
  static byte[] joined(byte kind, Map<String, byte[]> files) {
    List<String> parts =
        new LinkedHashMap<>(files)
            .entrySet().stream()
                .map(file ->
                    file.getKey() + "\n" + new String(file.getValue(), StandardCharsets.ISO_8859_1))
                .toList();
    return ((char) kind + String.join(SEPARATOR, parts)).getBytes(StandardCharsets.ISO_8859_1);
  }
}
