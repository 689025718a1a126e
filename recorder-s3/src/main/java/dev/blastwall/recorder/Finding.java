package dev.blastwall.recorder;

import java.util.Optional;

/**
 * One thing that is wrong with a recording.
 *
 * @param file the file, relative to the folder
 * @param session the session that it belongs to, if to one
 * @param what what is wrong and the first broken place in it (byte or sequence number)
 */
public record Finding(String file, Optional<String> session, String what) {

  /** One line for people. */
  @Override
  public String toString() {
    return file + session.map(it -> " (session " + it + ")").orElse("") + ": " + what;
  }
}
