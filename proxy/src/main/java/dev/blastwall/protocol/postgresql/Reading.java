package dev.blastwall.protocol.postgresql;

import io.netty.channel.Channel;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether one side of a session is read. Backpressure is symmetrical: each side is read only while
 * nobody has a reason against it, so a session holds bounded memory whatever either side does.
 */
final class Reading {

  /** Why a side is not read. */
  enum Reason {
    /** Messages of this side wait for an answer and weigh too much. */
    TURNSTILE,
    /** The other side takes its bytes too slowly. */
    OTHER_SIDE,
    /** The recorder is behind. */
    RECORDER
  }

  private final Channel channel;
  private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

  Reading(Channel channel) {
    this.channel = channel;
  }

  void set(Reason reason, boolean pause) {
    if (pause ? reasons.add(reason) : reasons.remove(reason)) {
      channel.config().setAutoRead(reasons.isEmpty());
    }
  }
}
