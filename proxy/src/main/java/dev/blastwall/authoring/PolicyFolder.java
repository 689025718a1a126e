package dev.blastwall.authoring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a policy: {@code policy/NAME/*.rego} with their tests, {@code data.json} or {@code
 * data.yaml}, and {@code scenarios/} with {@code schema.sql}.
 *
 * @param path where it is
 */
public record PolicyFolder(Path path) {

  /** What {@code opa} takes from a bundle's folder. */
  private static final Set<String> DATA = Set.of("data.json", "data.yaml", ".manifest");

  private static final String REGO = ".rego";
  private static final String TEST = "_test.rego";
  private static final Pattern TOO_DEEP = Pattern.compile("(?m)^package policy(\\.\\w+){2,}");
  private static final int REVISION_DIGITS = 12;

  /**
   * A policy's folder.
   *
   * @throws AuthoringException when there are no policies in it
   */
  public static PolicyFolder at(Path path) throws AuthoringException {
    if (!Files.isDirectory(path.resolve("policy"))) {
      throw new AuthoringException(
          path
              + " holds no folder `policy`. `blastwall policy new NAME` makes a folder that does.");
    }
    return new PolicyFolder(path);
  }

  /** The scenario files, sorted by name. */
  public List<Path> scenarios() throws IOException {
    Path folder = path.resolve("scenarios");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /** What stands in the database of its scenarios, as SQL. */
  public String schema() throws IOException {
    Path file = path.resolve("scenarios").resolve("schema.sql");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** Copies sources, the library and what is known of PostgreSQL, as they stand in a bundle. */
  void stage(Home home, Path to) throws IOException, AuthoringException {
    copy(path, to, file -> name(file).endsWith(REGO) || DATA.contains(name(file)));
    copy(
        home.library(),
        to.resolve("blastwall"),
        file -> name(file).endsWith(REGO) && !name(file).endsWith(TEST));
    copy(home.knowledge(), to.resolve("postgresql"), file -> true);
    refuseDeepPackages();
  }

  /** Rules that stand deeper than {@code data.policy.NAME} are never asked. */
  private void refuseDeepPackages() throws IOException, AuthoringException {
    for (Path file : sources(path)) {
      String text = name(file).endsWith(REGO) ? Files.readString(file) : "";
      if (!name(file).endsWith(TEST) && TOO_DEEP.matcher(text).find()) {
        throw new AuthoringException(
            path.relativize(file)
                + ": rules must stand in a package directly below `policy`, such as policy.acme;"
                + " deeper ones are never asked.");
      }
    }
  }

  private interface Choice {
    boolean takes(Path file);
  }

  private static void copy(Path from, Path to, Choice choice) throws IOException {
    for (Path file : sources(from)) {
      if (choice.takes(file)) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /** Every file but those below hidden folders, sorted. */
  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !isHidden(folder.relativize(file).getParent()))
          .sorted()
          .toList();
    }
  }

  private static boolean isHidden(@Nullable Path folder) {
    return folder != null
        && Stream.iterate(folder, it -> it != null, Path::getParent)
            .anyMatch(it -> name(it).startsWith("."));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /**
   * A name of what was staged: the commit where everything is committed; else of the content, so
   * that the same sources have the same name on every machine.
   */
  String revision(Path staged) throws IOException {
    Optional<String> commit = git("rev-parse", "--short=" + REVISION_DIGITS, "HEAD");
    boolean committed = git("status", "--porcelain", "--", ".").filter(String::isBlank).isPresent();
    String content = digest(staged);
    return commit.map(head -> committed ? head : head + "+" + content).orElse(content);
  }

  /** What git prints; empty without git, or where nothing is under its care. */
  private Optional<String> git(String... arguments) {
    try {
      Tool git = Tool.run(path, Stream.concat(Stream.of("git"), Stream.of(arguments)).toList());
      return git.exitCode() == 0 ? Optional.of(git.output().strip()) : Optional.empty();
    } catch (AuthoringException e) {
      return Optional.empty();
    }
  }

  private static String digest(Path staged) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : sources(staged)) {
        digest.update(staged.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, REVISION_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
