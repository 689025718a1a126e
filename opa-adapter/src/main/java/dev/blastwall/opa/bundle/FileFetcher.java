package dev.blastwall.opa.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** Reads an archive, or a folder as if it were one. */
final class FileFetcher implements Fetcher {
  private final Path path;
  private final BundleLimits limits;
  private final WatchService watcher;

  FileFetcher(BundleSource.InFiles source, BundleLimits limits) throws IOException {
    this.path = source.path().toAbsolutePath().normalize();
    this.limits = limits;
    this.watcher = FileSystems.getDefault().newWatchService();
  }

  @Override
  public Fetched fetch(@Nullable String etag, Optional<Duration> wait) throws IOException {
    byte[] archive = read();
    String found = HexFormat.of().formatHex(sha256().digest(archive));
    return found.equals(etag)
        ? new Fetched.Unchanged()
        : new Fetched.Archive(archive, found, false);
  }

  private byte[] read() throws IOException {
    try {
      return Files.isDirectory(path) ? pack() : readFile(path);
    } catch (LimitedStream.Exceeded e) {
      throw new FetchException(
          "the bundle "
              + path
              + " holds "
              + e.getMessage()
              + "; leave out what is not policy or data",
          e);
    } catch (IOException e) {
      throw new FetchException("the bundle " + path + " cannot be read: " + e, e);
    }
  }

  private byte[] readFile(Path file) throws IOException {
    try (InputStream in = new LimitedStream(Files.newInputStream(file), limits.bytes())) {
      return in.readAllBytes();
    }
  }

  /** The folder as an archive; what its links lead to is not part of it. */
  private byte[] pack() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(packed))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      long left = limits.bytes();
      for (Path file : files()) {
        left -= Files.size(file);
        if (left < 0) {
          throw new IOException("more than " + (limits.bytes() >> 20) + " MiB");
        }
        TarArchiveEntry entry = new TarArchiveEntry(path.relativize(file).toString());
        byte[] content = readFile(file);
        entry.setSize(content.length);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return packed.toByteArray();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .limit(limits.entries() + 1L)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  @Override
  public void watch(Runnable changed) throws IOException {
    register();
    Thread.ofPlatform().daemon().name("bundle-watcher").start(() -> follow(changed));
  }

  private void register() throws IOException {
    if (!Files.isDirectory(path)) {
      register(path.resolveSibling(""));
      return;
    }
    try (Stream<Path> folders = Files.walk(path).filter(Files::isDirectory)) {
      for (Path folder : folders.limit(limits.entries()).toList()) {
        register(folder);
      }
    }
  }

  private void register(Path folder) throws IOException {
    folder.register(
        watcher,
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE);
  }

  private void follow(Runnable changed) {
    try {
      while (true) {
        WatchKey key = watcher.take();
        key.pollEvents();
        key.reset();
        // A folder below may be new.
        register();
        changed.run();
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      // Closed: nobody wants to know any more.
    } catch (IOException e) {
      // What cannot be watched is still looked at from time to time.
    }
  }

  @Override
  public void close() {
    try {
      watcher.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
