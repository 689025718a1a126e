package dev.blastwall.authoring;

import dev.blastwall.authoring.Workshop.Signing;
import dev.blastwall.demo.WorkFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Signs a bundle that was built, as {@code opa sign} does it (OPA's documentation, Signing). */
public final class BundleSigner {

  private static final String SIGNATURES = ".signatures.json";

  private BundleSigner() {}

  /**
   * Adds a signature to a bundle, in place.
   *
   * @throws AuthoringException when the key or the bundle is not as {@code opa} wants it
   */
  public static void sign(Path archive, Signing signing, Home home)
      throws IOException, AuthoringException {
    try (WorkFolder work = WorkFolder.create()) {
      Path files = Files.createDirectory(work.path().resolve("files"));
      unpack(archive, files);
      Tool signed = Opa.of(home).sign(files, signing.options(work.path()));
      if (signed.exitCode() != 0) {
        throw new AuthoringException("opa sign says:\n" + signed.said().strip());
      }
      Path packed = work.path().resolve("signed.tar.gz");
      pack(archive, files.resolve(SIGNATURES), packed);
      Files.copy(packed, archive, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static TarArchiveInputStream open(Path archive) throws IOException {
    InputStream file = Files.newInputStream(archive);
    try {
      return new TarArchiveInputStream(new GzipCompressorInputStream(file));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static void unpack(Path archive, Path to) throws IOException, AuthoringException {
    try (TarArchiveInputStream in = open(archive)) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = to.resolve(relative(entry.getName())).normalize();
        if (!file.startsWith(to) || !entry.isFile()) {
          throw new AuthoringException(
              "the bundle holds " + entry.getName() + ", which does not belong in a bundle");
        }
        if (!isSignature(entry)) {
          Files.createDirectories(Objects.requireNonNullElse(file.getParent(), to));
          Files.copy(in, file);
        }
      }
    }
  }

  private static void pack(Path archive, Path signatures, Path to) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
    try (TarArchiveInputStream in = open(archive);
        OutputStream file = Files.newOutputStream(to);
        TarArchiveOutputStream out =
            new TarArchiveOutputStream(new GzipCompressorOutputStream(file, parameters))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!isSignature(entry)) {
          out.putArchiveEntry(entry);
          in.transferTo(out);
          out.closeArchiveEntry();
        }
      }
      TarArchiveEntry entry = new TarArchiveEntry("/" + SIGNATURES, true);
      entry.setSize(Files.size(signatures));
      entry.setModTime(0);
      out.putArchiveEntry(entry);
      Files.copy(signatures, out);
      out.closeArchiveEntry();
    }
  }

  /** Signed again, a bundle has one signature. */
  private static boolean isSignature(TarArchiveEntry entry) {
    return relative(entry.getName()).equals(SIGNATURES);
  }

  private static String relative(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }
}
