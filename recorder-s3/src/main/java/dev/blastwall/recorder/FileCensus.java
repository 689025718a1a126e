package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a verification that finds what does not belong: every name in the folder must be one
 * that the ledger or the spool accounts for. (What is missing is found where it is read.)
 */
final class FileCensus {

  private final RecordingFolder folder;
  private final Set<Path> known = new HashSet<>();
  private final Set<Path> sealing = new HashSet<>();
  private final List<Finding> findings;
  private final List<String> notes;

  FileCensus(
      RecordingFolder folder,
      Map<Path, List<SealedSegment>> sealed,
      Set<Path> unsealed,
      boolean running,
      List<Finding> findings,
      List<String> notes) {
    this.folder = folder;
    this.findings = findings;
    this.notes = notes;
    known.addAll(Set.of(folder.root(), folder.ledger(), folder.spool(), folder.sessions()));
    sealed.forEach((path, segments) ->
        segments.forEach(it -> know(RecordingFolder.segment(path, it.number()))));
    if (running) {
      unsealed.forEach(
          it -> allow(RecordingFolder.segment(it, sealed.getOrDefault(it, List.of()).size())));
    }
  }

  private void know(Path file) {
    for (var it = file; it != null && known.add(it); it = it.getParent()) {
      // Each folder above a known file is known.
    }
  }

  /**
   * A segment that is being written, or was when the gateway was killed; its entries still count in
   * the spool.
   */
  private void allow(Path file) {
    for (var it = file; it != null && !known.contains(it); it = it.getParent()) {
      sealing.add(it);
    }
  }

  /** What stands in the folder under a name. */
  record Found(Path path, boolean folder, boolean file, long size) {}

  /** Lists all that is there. */
  static List<Found> list(RecordingFolder folder) throws IOException {
    var found = new ArrayList<Found>();
    Files.walkFileTree(folder.root(), new Lister(found));
    return found;
  }

  private static final class Lister extends SimpleFileVisitor<Path> {

    private final List<Found> found;

    Lister(List<Found> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      found.add(new Found(path, true, false, 0));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      found.add(new Found(path, false, attributes.isRegularFile(), attributes.size()));
      return FileVisitResult.CONTINUE;
    }

    /** A running recorder may delete a sealed spool file in this very moment. */
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }

  void check(List<Found> found) {
    found.forEach(it -> check(it, it.path));
  }

  private void check(Found found, Path path) {
    if (found.folder) {
      require(known.contains(path) || sealing.contains(path), path, "does not belong here");
    } else if (found.file && path.equals(folder.lock())) {
      require(found.size == 0, path, "is not empty");
    } else if (found.file && sealing.contains(path)) {
      notes.add(
          folder.name(path)
              + " is not in the ledger yet and counts for nothing; its entries are in the spool");
    } else {
      var belongs = known.contains(path) || folder.isGeneration(path);
      require(found.file && belongs, path, "does not belong here");
    }
  }

  private void require(boolean holds, Path file, String what) {
    if (!holds) {
      findings.add(new Finding(folder.name(file), Optional.empty(), what));
    }
  }
}
