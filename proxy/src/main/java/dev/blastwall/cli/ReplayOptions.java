package dev.blastwall.cli;

import dev.blastwall.authoring.Change;
import dev.blastwall.authoring.ChangeGroups;
import dev.blastwall.authoring.Recordings;
import dev.blastwall.authoring.Replay;
import dev.blastwall.authoring.ReplayReport;
import dev.blastwall.opa.BundleException;
import dev.blastwall.policy.OfflinePolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What to judge again, and what to say of it. */
final class ReplayOptions {

  private static final Pattern AGE = Pattern.compile("(\\d{1,6})([smhd])");

  @Mixin private RecordingsOption recordings = new RecordingsOption();

  @Option(
      names = "--since",
      paramLabel = "AGE",
      description = "Only what was asked at most so long ago: 30m, 12h, 7d (default: everything).")
  private @Nullable String since;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json, or markdown for a pull request (default: text).")
  private ReplayReport.Format format = ReplayReport.Format.TEXT;

  @Option(
      names = "--allow",
      paramLabel = "N",
      description = "Exit with 0 when at most so many decisions change (default: 0).")
  private long allowed;

  /** Replays a recording. */
  interface Replaying {
    Replay run(Recordings recordings, Instant since, Consumer<Change> then) throws IOException;
  }

  /** Replays and reports; the exit code. */
  int run(String bundle, Replaying replaying, PrintWriter out) {
    Recordings recording = new Recordings(recordings.folder());
    Instant from = since(Instant.now());
    return report(bundle, then -> replay(replaying, recording, from, then), out);
  }

  private static Replay replay(
      Replaying replaying, Recordings recording, Instant from, Consumer<Change> then) {
    try {
      return replaying.run(recording, from, then);
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure(2, "The recording cannot be read: " + e.getMessage());
    }
  }

  /** Reports what {@code comparing} finds; the exit code. */
  int report(String bundle, Function<Consumer<Change>, Replay> comparing, PrintWriter out) {
    ChangeGroups groups = new ChangeGroups();
    Replay replay = comparing.apply(groups::add);
    out.print(new ReplayReport(bundle, replay, groups.groups()).as(format));
    out.flush();
    return replay.changed() <= allowed ? 0 : 1;
  }

  private Instant since(Instant now) {
    if (since == null) {
      return Instant.MIN;
    }
    Matcher age = AGE.matcher(since);
    if (!age.matches()) {
      throw new CommandFailure(2, "--since is a number with s, m, h or d, such as 7d.");
    }
    return now.minus(unit(age.group(2)).multipliedBy(Long.parseLong(age.group(1))));
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }

  static OfflinePolicy load(Path bundle) {
    try {
      return OfflinePolicy.load(bundle);
    } catch (BundleException e) {
      throw new CommandFailure(2, bundle + " is no bundle that could decide: " + e.getMessage());
    }
  }
}
