package dev.blastwall.opa.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A key for {@code opa sign}, and the one that checks what it signs.
 *
 * @param file of the private key or the secret
 * @param verifier the public key, or the secret again
 */
record SigningKey(SignatureAlgorithm algorithm, Path file, String verifier) {
  static SigningKey create(SignatureAlgorithm algorithm, Path folder)
      throws IOException, GeneralSecurityException {
    Path file = folder.resolve(algorithm + ".key");
    if (algorithm.name().startsWith("HS")) {
      Files.writeString(file, "a-secret");
      return new SigningKey(algorithm, file, "a-secret");
    }
    KeyPair pair = pair(algorithm);
    Files.writeString(file, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    return new SigningKey(algorithm, file, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
  }

  private static KeyPair pair(SignatureAlgorithm algorithm) throws GeneralSecurityException {
    if (algorithm.name().startsWith("ES")) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(
          new ECGenParameterSpec(
              switch (algorithm) {
                case ES256 -> "secp256r1";
                case ES384 -> "secp384r1";
                default -> "secp521r1";
              }));
      return generator.generateKeyPair();
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  static String pem(String type, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
  }

  String[] arguments() {
    return new String[] {"--signing-key", file.toString(), "--signing-alg", algorithm.name()};
  }

  VerificationKey verificationKey(String scope) {
    return new VerificationKey(algorithm, new SecretRef.Text(verifier), scope);
  }
}
