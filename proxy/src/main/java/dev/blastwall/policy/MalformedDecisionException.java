package dev.blastwall.policy;

/** The policy's document is not a decision of the contract. The message says where and why. */
final class MalformedDecisionException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedDecisionException(String message) {
    super(message);
  }
}
