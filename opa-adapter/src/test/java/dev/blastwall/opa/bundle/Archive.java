package dev.blastwall.opa.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes archives, good and bad. */
final class Archive {
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
