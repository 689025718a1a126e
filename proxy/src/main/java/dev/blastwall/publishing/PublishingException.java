package dev.blastwall.publishing;

import org.jspecify.annotations.Nullable;

/** A bundle is not where it should be; the message says why and what to do. */
public final class PublishingException extends Exception {

  private static final long serialVersionUID = 1L;

  PublishingException(String message) {
    super(message);
  }

  PublishingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
