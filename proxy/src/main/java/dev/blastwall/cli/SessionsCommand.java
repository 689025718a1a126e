package dev.blastwall.cli;

import dev.blastwall.recorder.Finding;
import dev.blastwall.recorder.PublicKeys;
import dev.blastwall.recorder.SessionReader;
import dev.blastwall.recorder.SessionSummary;
import dev.blastwall.recorder.StoredRecord;
import dev.blastwall.recorder.Verifier;
import dev.blastwall.recorder.VerifyReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks into recordings. */
@Command(
    name = "sessions",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Lists, shows and replays recorded sessions, and verifies a recording.",
      "All of it reads the folder only; no gateway has to run."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the annotated fields and parameters.
final class SessionsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which: list, show, replay or verify?");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the sessions, the oldest first.")
  void list(@Mixin RecordingsOption recordings) {
    List<SessionSummary> sessions = read(recordings.reader()::sessions);
    PrintWriter out = spec.commandLine().getOut();
    sessions.forEach(session -> out.println(SessionText.line(session)));
    if (sessions.isEmpty()) {
      out.println("Nothing is recorded in " + recordings.folder() + ".");
    }
    out.flush();
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows every record of a session: commands, decisions, approvals, ends.")
  void show(
      @Mixin RecordingsOption recordings,
      @Parameters(paramLabel = "ID", description = "As `list` shows it.") String id) {
    print(recordings, id, (session, record) -> SessionText.record(session, record));
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = "Shows a session as its client saw it: what was asked, what was answered.")
  void replay(
      @Mixin RecordingsOption recordings,
      @Parameters(paramLabel = "ID", description = "As `list` shows it.") String id) {
    SessionReplay replay = new SessionReplay(summary(recordings, id));
    print(recordings, id, (session, record) -> replay.render(record.event()));
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Checks that nothing in a recording was changed, removed or reordered.",
        "Needs the folder and the gateway's public key only. Exit code 1 when anything is found."
      })
  int verify(
      @Parameters(paramLabel = "FOLDER", description = "The recording.") Path folder,
      @Option(
              names = "--key",
              paramLabel = "FILE",
              description =
                  "The gateway's public key, recording.pub (default: that of the gateway beside the"
                      + " folder; evidence for outsiders needs one that came another way).")
          @Nullable Path key) {
    PublicKey publicKey = publicKey(key == null ? RecordingsOption.keyBeside(folder) : key);
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(2, "There is no folder " + folder + ".");
    }
    VerifyReport report = read(() -> Verifier.verify(folder, publicKey));
    PrintWriter out = spec.commandLine().getOut();
    print(report, out);
    out.flush();
    return report.sound() ? 0 : 1;
  }

  private static void print(VerifyReport report, PrintWriter out) {
    for (Finding finding : report.findings()) {
      out.println("FOUND  " + finding);
    }
    report.notes().forEach(note -> out.println("note   " + note));
    report.open().forEach(session -> out.println("open   " + session + " has not ended"));
    out.println(
        (report.sound() ? "Sound: " : "NOT sound: ")
            + report.sessions()
            + " sessions, "
            + report.sealedEntries()
            + " signed entries, "
            + report.spooledEntries()
            + " not signed yet; ledger "
            + report.statements()
            + " "
            + report.ledgerHead());
  }

  private static PublicKey publicKey(Path file) {
    try {
      return PublicKeys.read(file);
    } catch (IOException e) {
      throw new CommandFailure(
          2, "Cannot read a public key from " + file + ". Name it: --key recording.pub");
    }
  }

  private SessionSummary summary(RecordingsOption recordings, String id) {
    return read(() -> recordings.reader().find(id))
        .orElseThrow(() ->
            new CommandFailure(
                1, "There is no session " + id + " in " + recordings.folder() + "."));
  }

  private void print(RecordingsOption recordings, String id, Renderer renderer) {
    SessionSummary session = summary(recordings, id);
    PrintWriter out = spec.commandLine().getOut();
    out.println(SessionText.line(session));
    SessionReader reader = recordings.reader();
    try (Stream<StoredRecord> records = read(() -> reader.records(id))) {
      Consumer<StoredRecord> print = record -> out.print(renderer.render(session, record));
      records.forEach(print);
    }
    out.flush();
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new CommandFailure(1, "The recording cannot be read: " + e.getMessage());
    }
  }

  /** Reads from the recording. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  /** Makes text of a record. */
  private interface Renderer {
    String render(SessionSummary session, StoredRecord record);
  }
}
