package dev.blastwall.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which client did what, as a table for people: {@code target/client-matrix.md}. */
final class ClientMatrix {

  private static final ClientMatrix SHARED = new ClientMatrix(Path.of("target"));

  private final Path file;
  private final SortedMap<String, Map<String, Boolean>> clients = new TreeMap<>();
  private final Set<String> checks = new LinkedHashSet<>();

  private ClientMatrix(Path folder) {
    this.file = folder.resolve("client-matrix.md");
  }

  /** The one of this run. */
  static ClientMatrix shared() {
    return SHARED;
  }

  void passed(String client, String check) {
    put(client, check, true);
  }

  /** Stands until {@link #passed} is said of the same. */
  void missed(String client, String check) {
    put(client, check, false);
  }

  private synchronized void put(String client, String check, boolean passed) {
    clients.computeIfAbsent(client, name -> new TreeMap<>()).put(check, passed);
    checks.add(check);
    try {
      Files.writeString(file, table());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String table() {
    return row("client", checks.stream().collect(Collectors.joining(" | ")))
        + row("---", checks.stream().map(check -> "---").collect(Collectors.joining(" | ")))
        + clients.entrySet().stream()
            .map(client -> row(client.getKey(), cells(client.getValue())))
            .collect(Collectors.joining());
  }

  private String cells(Map<String, Boolean> outcomes) {
    return checks.stream()
        .map(check -> outcomes.containsKey(check) ? (outcomes.get(check) ? "yes" : "NO") : "-")
        .collect(Collectors.joining(" | "));
  }

  private static String row(String first, String rest) {
    return "| " + first + " | " + rest + " |\n";
  }
}
