package dev.blastwall.opa.bundle;

import dev.blastwall.opa.ObjectValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a bundle fares, as OPA's status reports it (OPA's documentation, Status: Status Service API).
 *
 * @param name as it is configured
 * @param activeRevision empty if there is none
 * @param type of the last one that was read: snapshot or delta
 * @param size of its archive in bytes
 * @param lastRequest when its source was asked
 * @param lastSuccessfulRequest when the source answered, be it that nothing is new
 * @param lastSuccessfulDownload when an archive was read
 * @param lastSuccessfulActivation when it began to decide
 * @param loading how long the last one took from archive to activation
 * @param error why the last attempt came to nothing
 */
public record BundleStatus(
    String name,
    String activeRevision,
    String type,
    long size,
    @Nullable Instant lastRequest,
    @Nullable Instant lastSuccessfulRequest,
    @Nullable Instant lastSuccessfulDownload,
    @Nullable Instant lastSuccessfulActivation,
    Duration loading,
    Optional<Failure> error) {
  /** What OPA, written in Go, says for never. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

  /**
   * Why an attempt came to nothing.
   *
   * @param message says what to do
   * @param httpStatus what the source answered with
   */
  public record Failure(String message, OptionalInt httpStatus) {}

  static BundleStatus of(String name) {
    return new BundleStatus(
        name, "", "", 0, null, null, null, null, Duration.ZERO, Optional.empty());
  }

  /** The bundle's part of OPA's status document. */
  public ObjectValue toJson() {
    ObjectValue json =
        new ObjectValue(16)
            .put("name", name)
            .put("last_request", text(lastRequest))
            .put("last_successful_request", text(lastSuccessfulRequest))
            .put("last_successful_download", text(lastSuccessfulDownload))
            .put("last_successful_activation", text(lastSuccessfulActivation))
            .put("metrics", new ObjectValue(1).put("timer_bundle_load_ns", loading.toNanos()));
    if (!activeRevision.isEmpty()) {
      json.put("active_revision", activeRevision);
    }
    if (!type.isEmpty()) {
      json.put("type", type).put("size", size);
    }
    error.ifPresent(failure -> describe(failure, json));
    return json;
  }

  private static void describe(Failure failure, ObjectValue json) {
    json.put("code", "bundle_error").put("message", failure.message);
    failure.httpStatus.ifPresent(status -> json.put("http_code", status));
  }

  private static String text(@Nullable Instant time) {
    return time == null ? NEVER : time.toString();
  }
}
