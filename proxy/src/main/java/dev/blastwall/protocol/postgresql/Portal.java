package dev.blastwall.protocol.postgresql;

/**
 * A bound statement. It runs once, in one or more Executes, under the one verdict given at Bind.
 */
final class Portal {

  private final String name;
  private final Running running;
  private final int segment;
  private boolean describeSent;

  /**
   * A portal that was just bound.
   *
   * @param name its name; empty for the unnamed one
   * @param judged the verdict on the statement with its values
   * @param segment how many Syncs came before it
   */
  Portal(String name, Judged judged, int segment) {
    this.name = name;
    this.running = new Running(judged);
    this.segment = segment;
  }

  String name() {
    return name;
  }

  Running running() {
    return running;
  }

  int segment() {
    return segment;
  }

  /** Notes that a Describe of it goes upstream; whether that is the first one. */
  boolean describe() {
    boolean first = !describeSent;
    describeSent = true;
    return first;
  }
}
