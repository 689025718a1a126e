package dev.blastwall.identity;

/** The keys of an issuer could not be fetched; the message says from where and why. */
final class KeysUnavailableException extends Exception {

  KeysUnavailableException(String message) {
    super(message);
  }

  KeysUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
