package dev.blastwall.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Set;

/**
 * Some of all sessions: those of chosen principals, and a share of the others. Whether a session is
 * one of them never changes while it lives.
 *
 * @param share of all sessions, in hundredths of a percent
 * @param subjects who is chosen, whatever their issuer and whoever acts for them
 * @param groups whose members are chosen
 */
public record Audience(int share, Set<String> subjects, Set<String> groups) {

  /** A hundred percent. */
  public static final int WHOLE = 10_000;

  public static final Audience EVERYBODY = new Audience(WHOLE, Set.of(), Set.of());
  public static final Audience NOBODY = new Audience(0, Set.of(), Set.of());

  public Audience {
    if (share < 0 || share > WHOLE) {
      throw new IllegalArgumentException("a share is from 0 to " + WHOLE);
    }
    subjects = Set.copyOf(subjects);
    groups = Set.copyOf(groups);
  }

  /** Whether there is anybody who could be one of them. */
  public boolean isEmpty() {
    return share == 0 && subjects.isEmpty() && groups.isEmpty();
  }

  /**
   * Whether {@code session} is one of them.
   *
   * @param purpose what for; shares for different purposes are different sessions
   */
  public boolean includes(Session session, String purpose) {
    Principal principal = session.principal();
    return subjects.contains(principal.subject())
        || !Collections.disjoint(groups, principal.groups())
        || place(session, purpose) < share;
  }

  /** Somewhere from 0 to {@link #WHOLE}, the same on every node; ids themselves are not even. */
  private static int place(Session session, String purpose) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((purpose + '/' + session.id()).getBytes(StandardCharsets.UTF_8));
      return Integer.remainderUnsigned(ByteBuffer.wrap(hash).getInt(), WHOLE);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
