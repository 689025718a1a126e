package dev.blastwall.recorder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a verification that is about the spool: whether a run that has not ended has all its
 * unsealed generations, and whether each entry in them continues what is sealed. These entries
 * carry hashes and no signature yet.
 */
final class SpoolVerification {

  private final RecordingFolder folder;
  private final LedgerState state;
  private final List<Finding> findings;
  private final List<String> notes;
  private final Map<String, ChainReplay> sessions = new LinkedHashMap<>();
  private final Set<Path> sessionFolders = new LinkedHashSet<>();
  private int begun;
  private long entries;

  SpoolVerification(
      RecordingFolder folder, LedgerState state, List<Finding> findings, List<String> notes) {
    this.folder = folder;
    this.state = state;
    this.findings = findings;
    this.notes = notes;
    state.open().forEach((id, it) -> sessions.put(id, new ChainReplay(it)));
  }

  void run(FolderSnapshot snapshot) {
    for (var file : snapshot.listed().headMap(state.generation() + 1).values()) {
      notes.add(
          folder.name(file) + " is sealed already and counts no more; the next start deletes it");
    }
    var unsealed = used(snapshot.unsealed(state.generation()));
    if (!state.running()) {
      unsealed.forEach(it ->
          finding(
              it, "is there although the last run ended; a start recovers a run that was killed"));
      return;
    }
    if (unsealed.isEmpty()) {
      finding(state.generation() + 1);
    }
    for (var i = 0; i < unsealed.size(); i++) {
      generation(unsealed.get(i), state.generation() + 1 + i);
    }
  }

  /**
   * Without the one that a recorder is just making: it holds no entry, so it counts for nothing.
   */
  private List<SpoolGeneration> used(List<SpoolGeneration> unsealed) {
    var needed = state.running() ? 1 : 0;
    if (unsealed.size() <= needed || !unsealed.getLast().beingMade()) {
      return unsealed;
    }
    notes.add(folder.name(unsealed.getLast().file()) + " holds no entry yet");
    return unsealed.subList(0, unsealed.size() - 1);
  }

  private void generation(SpoolGeneration generation, long number) {
    if (generation.number() != number) {
      finding(number);
      return;
    }
    if (generation.torn() > 0 || generation.valid() == 0) {
      finding(
          generation,
          "at byte " + generation.valid() + ": no whole frame (a start cuts a torn write off)");
    }
    for (var frame : generation.frames()) {
      try {
        frame(generation, frame);
      } catch (RecordingDamagedException e) {
        findings.add(new Finding(folder.name(e.file()), Optional.of(frame.session()), e.what()));
        return;
      }
    }
  }

  private void frame(SpoolGeneration generation, SpoolGeneration.Frame frame) {
    var replay = sessions.computeIfAbsent(frame.session(), ChainReplay::new);
    var entry = generation.replay(frame, replay);
    entries++;
    if (entry.kind() == EntryKind.BEGIN) {
      begun++;
    }
    sessionFolders.add(folder.session(frame.session(), replay.begun()));
  }

  private void finding(long missing) {
    findings.add(
        new Finding(
            folder.name(folder.spoolFile(missing)),
            Optional.empty(),
            "is missing although the run has not ended"));
  }

  private void finding(SpoolGeneration generation, String what) {
    findings.add(new Finding(folder.name(generation.file()), Optional.empty(), what));
  }

  /** Where the sessions of unsealed entries are sealed next. */
  Set<Path> sessionFolders() {
    return sessionFolders;
  }

  /** Ids of the sessions that have not ended. */
  List<String> open() {
    var open = new ArrayList<String>();
    sessions.forEach((id, it) -> it.end().ifPresentOrElse(end -> {}, () -> open.add(id)));
    return open;
  }

  /** How many sessions are only in the spool yet. */
  int begun() {
    return begun;
  }

  long entries() {
    return entries;
  }
}
