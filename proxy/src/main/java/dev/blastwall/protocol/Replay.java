package dev.blastwall.protocol;

/**
 * Shows recorded answers to a human. One instance reads the answers of one session, in order; a
 * message never spans two of them.
 */
public interface Replay {

  /**
   * What a part of the answer showed.
   *
   * @param response the bytes of an {@link Observation.Response}
   * @return text with line ends, perhaps empty
   */
  String render(byte[] response);
}
