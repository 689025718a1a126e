package dev.blastwall.authoring;

import dev.blastwall.demo.WorkFolder;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.policy.OfflinePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A policy on its way to a bundle, in a folder that is gone afterwards. */
public final class Workshop implements AutoCloseable {

  private final PolicyFolder policy;
  private final Opa opa;
  private final WorkFolder work;
  private final Path staged;

  /**
   * How a bundle is signed.
   *
   * @param key a private key in PEM, or a secret
   * @param algorithm as {@code opa} calls it: ES256, RS256, HS256, …
   * @param keyId by which a gateway knows the key's other half, if it has a name
   */
  public record Signing(String key, String algorithm, Optional<String> keyId) {
    /**
     * The options of {@code opa build} and {@code opa sign}.
     *
     * @param work where a file can stay while they run
     */
    List<String> options(Path work) throws IOException {
      List<String> options =
          new ArrayList<>(List.of("--signing-key", key, "--signing-alg", algorithm));
      if (keyId.isPresent()) {
        Path claims = work.resolve("claims.json");
        Files.writeString(claims, Json.write(new ObjectValue(1).put("keyid", keyId.get())));
        options.addAll(List.of("--claims-file", claims.toString()));
      }
      return options;
    }
  }

  private Workshop(PolicyFolder policy, Opa opa, WorkFolder work) {
    this.policy = policy;
    this.opa = opa;
    this.work = work;
    this.staged = work.path().resolve("staged");
  }

  /**
   * Puts a policy together with the library.
   *
   * @throws AuthoringException when it cannot become a bundle
   */
  public static Workshop open(PolicyFolder policy, Home home)
      throws IOException, AuthoringException {
    WorkFolder work = WorkFolder.create();
    try {
      Workshop workshop = new Workshop(policy, Opa.of(home), work);
      policy.stage(home, Files.createDirectory(workshop.staged));
      return workshop;
    } catch (IOException | AuthoringException | RuntimeException e) {
      work.close();
      throw e;
    }
  }

  /** Finds what {@code opa fmt} and {@code opa check} find. */
  public void check() throws AuthoringException {
    Tool formatted = opa.fmt(policy.path());
    require(
        formatted,
        "Files are not formatted; `opa fmt -w "
            + policy.path()
            + "` does it:\n"
            + formatted.said().strip());
    Tool checked = opa.check(staged);
    require(checked, "opa check finds:\n" + checked.said().strip());
  }

  /**
   * Runs the tests in Rego.
   *
   * @return the summary that {@code opa test} prints
   */
  public String test() throws AuthoringException {
    Tool tested = opa.test(staged);
    require(tested, "opa test finds:\n" + tested.said().strip());
    return tested.output().strip();
  }

  /** The revision that the bundle has when nobody says another. */
  public String revision() throws IOException, AuthoringException {
    return policy.revision(staged);
  }

  /** The policy, as a gateway would have it. */
  public OfflinePolicy policy() throws IOException, AuthoringException, BundleException {
    Path bundle = work.path().resolve("tested.tar.gz");
    build(bundle, "tested", Optional.empty());
    return OfflinePolicy.load(bundle);
  }

  /** Builds the bundle. */
  public void build(Path archive, String revision, Optional<Signing> signing)
      throws IOException, AuthoringException {
    Path parent = archive.toAbsolutePath().getParent();
    Files.createDirectories(parent == null ? archive : parent);
    Path built = work.path().resolve("built.tar.gz");
    List<String> options = signing.isPresent() ? signing.get().options(work.path()) : List.of();
    Tool building = opa.build(staged, built, revision, options);
    require(building, "opa build says:\n" + building.said().strip());
    // In one step, for a gateway may watch the file.
    Path beside = archive.resolveSibling(archive.getFileName() + ".new");
    Files.copy(built, beside, StandardCopyOption.REPLACE_EXISTING);
    Files.move(
        beside, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void require(Tool tool, String otherwise) throws AuthoringException {
    if (tool.exitCode() != 0) {
      throw new AuthoringException(otherwise);
    }
  }

  @Override
  public void close() {
    work.close();
  }
}
