package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Records sessions into a folder, tamper-evident and durable (FORMAT.md; recording rules 1 to 5 and
 * 8). One per gateway process and folder; thread-safe.
 *
 * <p>Two threads: the writer, which owns the spool and fsync, and the sealer, which makes signed
 * segments of what was spooled. Callers never wait for either.
 */
public final class Recorder implements AutoCloseable {

  private final FileChannel lock;
  private final LedgerWriter ledger;
  private final Intake intake;
  private final Thread writer;
  private final Thread sealer;

  /** Sessions whose end is not sealed yet: their ids cannot be used again. */
  private final ConcurrentHashMap<String, OpenSession> sessions = new ConcurrentHashMap<>();

  private Recorder(
      RecordingFolder folder,
      Disk disk,
      FileChannel lock,
      LedgerWriter ledger,
      Sealer sealing,
      RecorderOptions options) {
    this.lock = lock;
    this.ledger = ledger;
    this.intake = new Intake(options);
    var sealerThread = new SealerThread(folder, sealing, intake, sessions::remove);
    var spoolWriter = new SpoolWriter(options, folder, disk, intake, ledger, sealerThread);
    this.sealer = Thread.ofPlatform().daemon().name("recorder-sealer").unstarted(sealerThread);
    this.writer = Thread.ofPlatform().daemon().name("recorder-writer").unstarted(spoolWriter);
    intake.writer(writer);
  }

  /**
   * Opens a folder for recording, making it if needed. What a killed process left in the spool is
   * sealed first, and its open sessions are closed with the reason {@code interrupted: gateway
   * stopped}.
   *
   * @throws IOException if the folder cannot be written or another process records into it
   * @throws RecordingDamagedException if the folder is not as a recorder with this key left it
   */
  public static Recorder open(Path folder, SigningKey key, RecorderOptions options)
      throws IOException {
    return open(folder, key, options, Disk.LOCAL);
  }

  static Recorder open(Path root, SigningKey key, RecorderOptions options, Disk disk)
      throws IOException {
    var folder = new RecordingFolder(root);
    Files.createDirectories(folder.spool());
    Files.createDirectories(folder.sessions());
    var lock = lock(folder.lock());
    try {
      disk.syncFolder(root);
      return open(folder, key, options, disk, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Recorder open(
      RecordingFolder folder, SigningKey key, RecorderOptions options, Disk disk, FileChannel lock)
      throws IOException {
    var ledger = Ledger.read(folder.ledger());
    var state = state(folder, ledger, key);
    var recovery = Recovery.plan(folder, ledger, state);
    var ledgerWriter = LedgerWriter.open(disk, folder, ledger, state, key);
    var sealer = new Sealer(disk, folder, key, ledgerWriter);
    try {
      recovery.run(disk, sealer);
    } catch (IOException | RuntimeException e) {
      ledgerWriter.close();
      throw e;
    }
    var recorder = new Recorder(folder, disk, lock, ledgerWriter, sealer, options);
    recorder.sealer.start();
    recorder.writer.start();
    return recorder;
  }

  private static LedgerState state(RecordingFolder folder, Ledger ledger, SigningKey key)
      throws IOException {
    var state = ledger.state();
    if (ledger.statements().isEmpty() && Recovery.holdsSessions(folder.sessions())) {
      throw new RecordingDamagedException(
          folder.ledger(), "knows no session, although there are some");
    }
    requireKey(folder, ledger, key);
    return state;
  }

  /**
   * Only the last statement: checking each would make every start slower; {@link Verifier} checks
   * all.
   */
  private static void requireKey(RecordingFolder folder, Ledger ledger, SigningKey key) {
    if (ledger.statements().isEmpty()) {
      return;
    }
    var last = ledger.statements().getLast();
    if (!PublicKeys.signed(
        key.publicKey(), last.entry().keyId(), Hashes.LEDGER, last.body(), last.signature())) {
      throw new RecordingDamagedException(
          folder.ledger(), "is not signed with the key " + key.id());
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException(file + ": this process records into the folder already", e);
    }
    channel.close();
    throw new IOException(
        file + ": another process records into the folder; each gateway needs its own");
  }

  /**
   * Begins a session. Never blocks.
   *
   * @param sessionId unique; 1 to 128 letters, digits, {@code _} and {@code -}, not beginning with
   *     {@code _} or {@code -}
   * @param metadata what the whole chain is bound to (who, by whom, where, which policy): the body
   *     of the first entry
   * @param callbacks runs the session's outcomes, normally its event loop. {@code Runnable::run}
   *     runs them on the writer thread, where they delay every session and must be very short.
   * @throws RecordingRefusedException if it cannot be recorded now; then the session must not begin
   * @throws IllegalArgumentException if the id has other characters
   */
  public SessionRecording begin(String sessionId, byte[] metadata, Executor callbacks) {
    if (!RecordingFolder.SESSION_ID.matcher(sessionId).matches()) {
      throw new IllegalArgumentException(
          "a session id has 1 to 128 letters, digits, _ and -, not: " + sessionId);
    }
    var session = new OpenSession(sessionId, intake, callbacks);
    if (sessions.putIfAbsent(sessionId, session) != null) {
      throw new RecordingRefusedException(Admission.DUPLICATE);
    }
    var admission = session.begin(metadata);
    if (admission != Admission.ACCEPTED) {
      sessions.remove(sessionId);
      throw new RecordingRefusedException(admission);
    }
    return session;
  }

  /**
   * Whether the queue is more than half full: whoever can wait should hand over nothing more until
   * it is not. Cheap enough for the data path.
   */
  public boolean congested() {
    return intake.congested();
  }

  /** The state for metrics and readiness; not for the data path. */
  public RecorderStatus status() {
    var open = sessions.values().stream().filter(it -> it.state() == Admission.ACCEPTED).count();
    return intake.status((int) open);
  }

  /**
   * Ends open sessions with the reason {@code recorder closed}, writes and seals all, and gives the
   * folder free. What could not be sealed stays in the spool for the next {@link #open}. Blocks
   * until then.
   */
  @Override
  public void close() throws IOException {
    intake.close();
    try {
      writer.join();
      sealer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while closing; the spool is sealed at the next start", e);
    }
    ledger.close();
    lock.close();
  }
}
