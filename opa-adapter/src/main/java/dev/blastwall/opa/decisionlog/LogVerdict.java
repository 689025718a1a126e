package dev.blastwall.opa.decisionlog;

import java.util.List;
import java.util.stream.Stream;

/** What a policy says about an event. */
public sealed interface LogVerdict {
  /** It stays as it is. */
  LogVerdict ALL = new Keep(List.of());

  /** It stays, with something changed. */
  record Keep(List<LogMask> masks) implements LogVerdict {
    public Keep {
      masks = List.copyOf(masks);
    }
  }

  /** It must not stand in the log. */
  record Drop() implements LogVerdict {}

  /** Nobody knows; so nothing of its content may stand there. */
  record Failed(String reason) implements LogVerdict {}

  /** What holds when another policy was asked as well: the stricter one. */
  default LogVerdict and(LogVerdict other) {
    return switch (this) {
      case Drop drop -> drop;
      case Failed failed -> other instanceof Drop ? other : failed;
      case Keep keep ->
          other instanceof Keep more
              ? new Keep(Stream.concat(keep.masks.stream(), more.masks.stream()).toList())
              : other;
    };
  }
}
