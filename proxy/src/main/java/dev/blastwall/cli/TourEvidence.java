package dev.blastwall.cli;

import dev.blastwall.recorder.SessionReader;
import dev.blastwall.recorder.SessionSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Ends the tour with what was recorded of it. */
final class TourEvidence {

  private TourEvidence() {}

  static void show(Path recordings, PrintWriter out) {
    String tour = tourSession(recordings);
    run(out, "sessions", "replay", "--recordings", recordings.toString(), tour);
    run(out, "sessions", "verify", recordings.toString());
  }

  private static void run(PrintWriter out, String... arguments) {
    out.printf("%n── $ blastwall %s%n", String.join(" ", arguments));
    out.flush();
    BlastwallCommand.run(arguments);
  }

  /** The last session of a client. */
  private static String tourSession(Path recordings) {
    try {
      return new SessionReader(recordings)
          .sessions().stream()
              .filter(SessionText::isOfClient)
              .map(SessionSummary::id)
              .reduce((earlier, later) -> later)
              .orElseThrow(() -> new CommandFailure(1, "The tour was not recorded."));
    } catch (IOException e) {
      throw new CommandFailure(1, "The recording cannot be read: " + e.getMessage());
    }
  }
}
