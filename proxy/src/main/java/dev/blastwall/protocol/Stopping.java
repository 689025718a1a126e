package dev.blastwall.protocol;

/** The user event that tells a connection's pipeline that the gateway stops. */
public enum Stopping {
  INSTANCE
}
