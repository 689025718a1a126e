package dev.blastwall.authoring;

/** An author's folder, tool or bundle is not as it must be; the message says what to do. */
public final class AuthoringException extends Exception {

  private static final long serialVersionUID = 1L;

  AuthoringException(String message) {
    super(message);
  }

  AuthoringException(String message, Throwable cause) {
    super(message, cause);
  }
}
