package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 public keys (RFC 8032), as PEM files with an RFC 8410 SubjectPublicKeyInfo. */
public final class PublicKeys {

  private PublicKeys() {}

  /**
   * Reads {@code recording.pub}. Anything else than one Ed25519 public key is an {@link
   * IOException} that says so.
   */
  public static PublicKey read(Path file) throws IOException {
    var encoded = Pem.read(file, "PUBLIC KEY");
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no Ed25519 public key", e);
    }
  }

  /**
   * The key's id as it stands in every signed head: SHA-256 of its SubjectPublicKeyInfo, in hex.
   */
  public static String id(PublicKey key) {
    return HexFormat.of().formatHex(idBytes(key));
  }

  static byte[] idBytes(PublicKey key) {
    return Hashes.of(key.getEncoded());
  }

  static boolean signed(PublicKey key, byte[] keyId, byte[] tag, byte[] body, byte[] signature) {
    if (!Arrays.equals(keyId, idBytes(key))) {
      return false;
    }
    try {
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(tag);
      verifier.update(body);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
