package dev.blastwall.protocol.postgresql;

/**
 * Why the gateway is not signed in to a server.
 *
 * @param report what the client may hear of it
 * @param kind whether another server may do better
 */
record UpstreamFailure(Report report, Kind kind) {

  /** What another server of the same upstream means for it. */
  enum Kind {
    /** Nobody there, or gone before it said anything: the next one may be alive. */
    UNREACHABLE,
    /** It lives and says itself that it does not serve now, or not in this role. */
    NOT_SERVING,
    /** It refuses, or is not who it should be: the next one would hear the same. */
    REFUSED
  }

  boolean mayWorkElsewhere() {
    return kind != Kind.REFUSED;
  }

  /** What a server says of itself tells more than that another did not answer. */
  boolean tellsMoreThan(UpstreamFailure other) {
    return kind.compareTo(other.kind) >= 0;
  }
}
