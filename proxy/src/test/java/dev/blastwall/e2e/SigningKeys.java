package dev.blastwall.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A pair of keys as a team makes it to sign bundles with: ES256, in PEM. */
final class SigningKeys {

  private SigningKeys() {}

  /** Writes {@code signing.pem} and {@code verify.pem}; returns the former. */
  static Path write(Path folder) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    pem(folder.resolve("verify.pem"), "PUBLIC KEY", pair.getPublic());
    return pem(folder.resolve("signing.pem"), "PRIVATE KEY", pair.getPrivate());
  }

  private static Path pem(Path file, String type, Key content) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(content.getEncoded());
    return Files.writeString(
        file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, text, type));
  }
}
