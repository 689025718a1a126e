package dev.blastwall.opa.bundle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The status of one bundle while it changes. */
final class StatusTracker {
  private final String name;
  private final InstantSource clock;
  private String activeRevision = "";
  private String type = "";
  private long size;
  private @Nullable Instant lastRequest;
  private @Nullable Instant lastSuccessfulRequest;
  private @Nullable Instant lastSuccessfulDownload;
  private @Nullable Instant lastSuccessfulActivation;
  private Duration loading = Duration.ZERO;
  private Optional<BundleStatus.Failure> error = Optional.empty();

  StatusTracker(String name, InstantSource clock) {
    this.name = name;
    this.clock = clock;
  }

  synchronized BundleStatus get() {
    return new BundleStatus(
        name,
        activeRevision,
        type,
        size,
        lastRequest,
        lastSuccessfulRequest,
        lastSuccessfulDownload,
        lastSuccessfulActivation,
        loading,
        error);
  }

  synchronized void requested() {
    lastRequest = clock.instant();
  }

  synchronized void answered() {
    lastSuccessfulRequest = clock.instant();
  }

  /** What was wrong before is over: what the source has is active. */
  synchronized void settled() {
    error = Optional.empty();
  }

  synchronized void read(String readType, long readSize) {
    type = readType;
    size = readSize;
    lastSuccessfulDownload = clock.instant();
  }

  synchronized void activated(String revision, Duration took) {
    activeRevision = revision;
    loading = took;
    lastSuccessfulActivation = clock.instant();
  }

  synchronized void failed(Exception cause) {
    OptionalInt http =
        cause instanceof FetchException fetch ? fetch.httpStatus() : OptionalInt.empty();
    error = Optional.of(new BundleStatus.Failure(String.valueOf(cause.getMessage()), http));
  }
}
