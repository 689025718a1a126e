package dev.blastwall.opa.bundle;

import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A bundle that cannot be had. The message says why and what to do. */
final class FetchException extends IOException {
  private final int httpStatus;

  FetchException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.httpStatus = 0;
  }

  FetchException(String message, int httpStatus) {
    super(message);
    this.httpStatus = httpStatus;
  }

  /** What an HTTP server answered with. */
  OptionalInt httpStatus() {
    return httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus);
  }
}
