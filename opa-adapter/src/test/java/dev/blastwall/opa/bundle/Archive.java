package dev.blastwall.opa.bundle;

import dev.blastwall.opa.BundleException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes archives, good and bad. */
final class Archive {
  static Map<String, byte[]> unpacked(byte[] archive) throws BundleException {
    Map<String, byte[]> files = new TreeMap<>();
    new BundleArchive(archive, BundleLimits.DEFAULT)
        .visit((path, content) -> files.put("/" + String.join("/", path), content.readAllBytes()));
    return files;
  }

  static byte[] packed(Map<String, byte[]> files) {
    Archive archive = new Archive();
    files.forEach(archive::file);
    return archive.bytes();
  }

  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();
  private boolean finished;
  private final TarArchiveOutputStream out = new TarArchiveOutputStream(tar);

  Archive file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  Archive file(String name, byte[] bytes) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    return entry(entry, bytes);
  }

  Archive link(String name, byte type) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName("/etc/passwd");
    return entry(entry, new byte[0]);
  }

  Archive longName(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
    entry.setSize(bytes.length);
    return entry(entry, bytes);
  }

  Archive() {
    out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
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
