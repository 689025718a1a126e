package dev.blastwall.opa.bundle;

import dev.blastwall.opa.BundleException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The files of a gzip-compressed tar archive, each under the one name that it can have: without a
 * slash at its beginning, without {@code .} and {@code ..}.
 */
final class BundleArchive {
  private static final int MAX_NAME = 1024;

  private final byte[] archive;
  private final BundleLimits limits;

  BundleArchive(byte[] archive, BundleLimits limits) {
    this.archive = archive;
    this.limits = limits;
  }

  /** Gets the files, in the order of the archive. */
  interface Visitor {
    void file(List<String> path, InputStream content) throws BundleException, IOException;
  }

  void visit(Visitor visitor) throws BundleException {
    try (TarArchiveInputStream tar = open()) {
      Set<String> names = new HashSet<>();
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        visit(entry, names, tar, visitor);
      }
    } catch (LimitedStream.Exceeded e) {
      throw new BundleException(
          "the bundle holds " + e.getMessage() + "; leave out what is not policy or data", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new BundleException(
          "the bundle is not a gzip-compressed tar archive, or is cut short: "
              + e.getMessage()
              + "; fetch or build it again",
          e);
    }
  }

  private TarArchiveInputStream open() throws IOException {
    InputStream plain = new GZIPInputStream(new ByteArrayInputStream(archive), 1 << 16);
    return new TarArchiveInputStream(new LimitedStream(plain, limits.bytes()));
  }

  private void visit(
      TarArchiveEntry entry, Set<String> names, TarArchiveInputStream tar, Visitor visitor)
      throws BundleException, IOException {
    String name = entry.getName();
    if (names.size() >= limits.entries()) {
      throw new BundleException(
          "the bundle has more than "
              + limits.entries()
              + " entries; leave out what is not policy or data");
    }
    if (entry.isDirectory()) {
      names.add(name);
      return;
    }
    requirePlainFile(entry);
    List<String> path = path(name);
    if (!names.add(String.join("/", path))) {
      throw new BundleException("the bundle holds " + shown(name) + " twice; build it again");
    }
    visitor.file(path, tar);
  }

  private static void requirePlainFile(TarArchiveEntry entry) throws BundleException {
    if (entry.getLinkFlag() != TarConstants.LF_NORMAL
        && entry.getLinkFlag() != TarConstants.LF_OLDNORM) {
      throw new BundleException(
          "the bundle entry "
              + shown(entry.getName())
              + " is not a plain file; a bundle holds no links or devices");
    }
  }

  private static List<String> path(String name) throws BundleException {
    List<String> path = new ArrayList<>(Arrays.asList(name.split("/")));
    path.removeIf(part -> part.isEmpty() || part.equals("."));
    if (path.isEmpty()
        || path.contains("..")
        || name.length() > MAX_NAME
        || name.indexOf('\\') >= 0) {
      throw new BundleException(
          "the bundle entry "
              + shown(name)
              + " points outside the bundle or has no usable name; build it next to its sources with opa build -b");
    }
    return path;
  }

  /** A name as it can be shown: short, on one line. */
  static String shown(String name) {
    String cut = name.length() > 100 ? name.substring(0, 100) + "…" : name;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
