package dev.blastwall.opa.bundle;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gets the archive of one bundle from where it lives. Blocks; used by one thread at a time. */
interface Fetcher extends AutoCloseable {
  /**
   * Asks for the bundle.
   *
   * @param etag of the one that is active; null if none is
   * @param wait how long the other side may keep the request until there is something new
   * @throws FetchException when it cannot be had
   */
  Fetched fetch(@Nullable String etag, Optional<Duration> wait)
      throws IOException, InterruptedException;

  /** Calls back whenever it is worth asking again; for sources that can tell. */
  default void watch(Runnable changed) throws IOException {}

  @Override
  default void close() {}

  /** What came of asking. */
  sealed interface Fetched {
    /** The bundle is the one that is active. */
    record Unchanged() implements Fetched {}

    /**
     * Another bundle.
     *
     * @param etag null where the other side gives none
     * @param longPolling whether the other side keeps requests until there is something new
     */
    record Archive(byte[] bytes, @Nullable String etag, boolean longPolling) implements Fetched {}
  }
}
