package dev.blastwall.recorder;

import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals finished generations beside the writer, so that compressing and signing delay no durable
 * record. A disk that fails here is tried again: the spool keeps everything meanwhile, up to its
 * high-water mark.
 */
final class SealerThread implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(SealerThread.class);
  private static final long RETRY_MILLIS = 1000;

  private final RecordingFolder folder;
  private final Sealer sealer;
  private final Intake intake;
  private final Consumer<String> ended;
  private final LinkedBlockingQueue<Job> jobs = new LinkedBlockingQueue<>();

  /** What to do next; {@code generation} 0 is the end of all work. */
  private record Job(long generation, boolean stopped) {}

  /**
   * @param ended told the id of each session whose closing entry is sealed
   */
  SealerThread(RecordingFolder folder, Sealer sealer, Intake intake, Consumer<String> ended) {
    this.folder = folder;
    this.sealer = sealer;
    this.intake = intake;
    this.ended = ended;
  }

  void seal(long generation, boolean stopped) {
    jobs.add(new Job(generation, stopped));
  }

  void finish() {
    jobs.add(new Job(0, true));
  }

  @Override
  public void run() {
    try {
      for (var job = jobs.take(); job.generation > 0; job = jobs.take()) {
        untilSealed(job);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.error(
          "recording: what is not sealed stays in {} and is sealed at the next start",
          folder.spool(),
          e);
    } catch (RuntimeException e) {
      LOG.error(
          "recording: the spool in {} cannot be sealed; every record is refused", folder.root(), e);
      intake.fail("the spool cannot be sealed: " + e.getMessage());
    }
  }

  /**
   * Gives up only when the recorder closes: then the spool is what the next start recovers from.
   */
  private void untilSealed(Job job) throws IOException, InterruptedException {
    while (!sealed(job)) {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
    intake.sealing(null);
  }

  private boolean sealed(Job job) throws IOException {
    try {
      var generation = SpoolGeneration.read(folder.spoolFile(job.generation), job.generation);
      var segments = sealer.seal(generation, job.stopped, Sealer.Cut.NOTHING);
      intake.sealed(generation.bytes().length - SpoolFile.HEADER_BYTES);
      segments.stream()
          .filter(it -> it.end().isPresent())
          .forEach(it -> ended.accept(it.session()));
      return true;
    } catch (IOException e) {
      if (intake.closing()) {
        throw e;
      }
      LOG.warn("recording: generation {} cannot be sealed, trying again", job.generation, e);
      intake.sealing(e.toString());
      return false;
    }
  }
}
