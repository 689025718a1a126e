package dev.blastwall.opa;

/** A bundle that is not accepted. The message says what is wrong with it and what to do. */
public final class BundleException extends Exception {
  public BundleException(String message) {
    super(message);
  }

  public BundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
