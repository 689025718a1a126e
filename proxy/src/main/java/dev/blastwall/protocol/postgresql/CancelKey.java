package dev.blastwall.protocol.postgresql;

import java.util.Arrays;

/**
 * What lets somebody cancel a session's commands (BackendKeyData, CancelRequest).
 *
 * @param process the process id, or what stands for one
 * @param secret 4 bytes in protocol 3.0, up to 256 in 3.2
 */
@SuppressWarnings("ArrayRecordComponent") // Compared in constant time only, see CancelKeys.
record CancelKey(int process, byte[] secret) {

  static final int LONGEST_SECRET = 256;

  /** The body of a message that carries a key and nothing else. */
  static CancelKey read(Body body) {
    int process = body.int32();
    int length = body.remaining();
    if (length < Integer.BYTES || length > LONGEST_SECRET) {
      throw ProtocolViolation.malformed("a cancel key of " + length + " bytes");
    }
    return new CancelKey(process, body.bytes(length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CancelKey key
        && process == key.process
        && Arrays.equals(secret, key.secret);
  }

  @Override
  public int hashCode() {
    return process;
  }

  @Override
  public String toString() {
    return "CancelKey[hidden]";
  }
}
