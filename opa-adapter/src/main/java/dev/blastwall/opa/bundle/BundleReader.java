package dev.blastwall.opa.bundle;

import dev.blastwall.opa.Bundle;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the archive of a bundle (OPA's documentation, Bundles: Bundle File Format). Where bundles
 * must be signed, nothing of an archive is taken for policy or data before its signature was found
 * to be right; each file is checked against it while it is read.
 */
public final class BundleReader {
  private final BundleLimits limits;
  private final Verification verification;

  BundleReader(BundleLimits limits, Verification verification) {
    this.limits = limits;
    this.verification = verification;
  }

  /**
   * Reads an unsigned bundle with a plan from a file, within {@link BundleLimits#DEFAULT}.
   *
   * @throws BundleException also when the file cannot be read
   */
  public static Bundle read(Path file) throws BundleException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    } catch (IOException e) {
      throw new BundleException("the bundle " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * As {@link #read(Path)}.
   *
   * @throws BundleException when it is not a whole bundle with a plan that may be accepted
   */
  public static Bundle read(InputStream in) throws BundleException {
    try {
      byte[] archive = new LimitedStream(in, BundleLimits.DEFAULT.bytes()).readAllBytes();
      BundleReader reader = new BundleReader(BundleLimits.DEFAULT, new Verification.Unsigned());
      return switch (reader.read(archive)) {
        case BundleContent.Snapshot snapshot -> Composition.of(snapshot);
        case BundleContent.Delta delta ->
            throw new BundleException(
                "the bundle is a delta, which changes a bundle that was there before");
      };
    } catch (IOException e) {
      throw new BundleException("the bundle cannot be read: " + e.getMessage(), e);
    }
  }

  BundleContent read(byte[] archive) throws BundleException {
    BundleArchive files = new BundleArchive(archive, limits);
    Documents documents = new Documents(limits.tokens());
    Opening opening = new Opening(documents);
    files.visit(opening::file);
    BundleAssembly assembly = new BundleAssembly(documents, verified(opening));
    files.visit(assembly::file);
    return assembly.finish();
  }

  private @Nullable SignedFiles verified(Opening opening) throws BundleException {
    return switch (verification) {
      case Verification.Unsigned() -> opening.requireUnsigned();
      case Verification.Signed signed -> opening.requireSigned().verify(signed);
    };
  }

  /** A first look: is it signed, is it a delta? */
  private static final class Opening {
    private final Documents documents;
    private final List<ObjectValue> signatures = new ArrayList<>();
    private boolean delta;

    Opening(Documents documents) {
      this.documents = documents;
    }

    void file(List<String> path, InputStream content) throws BundleException, IOException {
      delta |= path.getLast().equals(BundleAssembly.PATCH);
      if (path.getLast().equals(SignatureFile.NAME)) {
        signatures.add(documents.object(String.join("/", path), content));
      }
    }

    @Nullable SignedFiles requireUnsigned() throws BundleException {
      if (signatures.isEmpty()) {
        return null;
      }
      throw new BundleException(
          "the bundle is signed, but no key to verify it with is configured; configure keys, or serve it unsigned");
    }

    SignatureFile requireSigned() throws BundleException {
      if (delta) {
        throw new BundleException(
            "the bundle is a delta, which cannot be signed; serve whole bundles where signatures are required");
      }
      if (signatures.size() == 1) {
        return SignatureFile.of(signatures.getFirst());
      }
      throw new BundleException(
          signatures.isEmpty()
              ? "the bundle is not signed; build it with opa build --signing-key, or sign it with opa sign"
              : "the bundle holds more than one .signatures.json; build it again");
    }
  }
}
