package dev.blastwall.command;

/**
 * SHA-256 over a command's canonical form, the connection and the principal with its chain of
 * actors. Records, approvals and decisions name a command by it: an approval holds for this
 * command, asked by this principal, on this connection, and for nothing else.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record CommandDigest(String hex) {

  @Override
  public String toString() {
    return hex;
  }
}
