package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The real disk until a test says that files with some ending fail, or that their fsync hangs. */
final class FaultyDisk implements Disk {

  private volatile String failingWrites = "none";
  private volatile String failingSyncs = "none";
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CountDownLatch arrived = new CountDownLatch(0);

  void failWrites(String ending) {
    failingWrites = ending;
  }

  void failSyncs(String ending) {
    failingSyncs = ending;
  }

  /** Every fsync of the spool waits until the latch is open. */
  void holdSyncs(CountDownLatch latch) {
    arrived = new CountDownLatch(1);
    gate = latch;
  }

  /** Returns once an fsync of the spool is held. */
  void awaitHeldSync() throws InterruptedException {
    arrived.await();
  }

  @Override
  public Out create(Path file) throws IOException {
    return new FaultyOut(file, Disk.LOCAL.create(file));
  }

  @Override
  public Out replace(Path file) throws IOException {
    return new FaultyOut(file, Disk.LOCAL.replace(file));
  }

  @Override
  public Out append(Path file) throws IOException {
    return new FaultyOut(file, Disk.LOCAL.append(file));
  }

  @Override
  public void truncate(Path file, long size) throws IOException {
    Disk.LOCAL.truncate(file, size);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    Disk.LOCAL.syncFolder(folder);
  }

  private final class FaultyOut implements Out {

    private final String name;
    private final Out out;

    FaultyOut(Path file, Out out) {
      this.name = file.toString();
      this.out = out;
    }

    /** A full disk takes the first half. */
    @Override
    public void write(ByteBuffer bytes) throws IOException {
      if (name.endsWith(failingWrites)) {
        out.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
        throw new IOException("No space left on device");
      }
      out.write(bytes);
    }

    @Override
    public void force() throws IOException {
      if (name.endsWith("spool")) {
        await();
      }
      if (name.endsWith(failingSyncs)) {
        throw new IOException("Input/output error");
      }
      out.force();
    }

    private void await() throws IOException {
      try {
        if (gate.getCount() > 0) {
          arrived.countDown();
        }
        gate.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
