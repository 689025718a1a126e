package dev.blastwall.cli;

import dev.blastwall.authoring.Workshop.Signing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The key that signs a bundle. */
final class SigningOptions {

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "A private key in PEM, or a file with a secret for the HS algorithms.")
  private @Nullable Path key;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      defaultValue = "ES256",
      description = "ES256, ES384, ES512, RS256, PS256, HS256, … (default: ${DEFAULT-VALUE}).")
  private String algorithm = "ES256";

  @Option(
      names = "--key-id",
      paramLabel = "NAME",
      description = "The name of the key in the gateway's policy.keys.")
  private @Nullable String keyId;

  /** How to sign, when a key is named. */
  Optional<Signing> signing() {
    if (key == null) {
      return Optional.empty();
    }
    if (!Files.isReadable(key)) {
      throw new CommandFailure(2, "There is no key in " + key + ", or it cannot be read.");
    }
    return Optional.of(
        new Signing(key.toAbsolutePath().toString(), algorithm, Optional.ofNullable(keyId)));
  }
}
