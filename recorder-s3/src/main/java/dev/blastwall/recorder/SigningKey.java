package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;

/**
 * The Ed25519 key that signs recordings: {@code recording.key} (PKCS #8, mode 0600) and {@code
 * recording.pub} in a folder of their own, outside the recordings that they vouch for.
 */
public final class SigningKey {

  private static final String PRIVATE = "recording.key";
  private static final String PUBLIC = "recording.pub";

  private final PrivateKey privateKey;
  private final PublicKey publicKey;
  private final byte[] id;

  private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.id = PublicKeys.idBytes(publicKey);
  }

  /**
   * Loads the pair, or makes it if neither file is there. Refuses with an {@link IOException} that
   * says what to do: one half without the other (a new key would orphan the recordings of the old),
   * halves that don't belong together, a private key that others may read.
   */
  public static SigningKey loadOrCreate(Path folder) throws IOException {
    Files.createDirectories(folder);
    var privateFile = folder.resolve(PRIVATE);
    var publicFile = folder.resolve(PUBLIC);
    if (Files.exists(privateFile) != Files.exists(publicFile)) {
      throw new IOException(
          folder
              + " holds only one of "
              + PRIVATE
              + " and "
              + PUBLIC
              + ": restore the other, or move this one away");
    }
    return Files.exists(privateFile)
        ? load(privateFile, publicFile)
        : create(privateFile, publicFile);
  }

  private static SigningKey load(Path privateFile, Path publicFile) throws IOException {
    requirePrivate(privateFile);
    var encoded = Pem.read(privateFile, "PRIVATE KEY");
    try {
      var secret =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      var key = new SigningKey(secret, PublicKeys.read(publicFile));
      key.requirePair(privateFile);
      return key;
    } catch (GeneralSecurityException e) {
      throw new IOException(privateFile + " holds no Ed25519 private key", e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static void requirePrivate(Path file) throws IOException {
    var allowed = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    if (!allowed.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException(
          file + " can be read by others: chmod 600, and think of it as known to them");
    }
  }

  private void requirePair(Path file) throws IOException {
    var probe = new byte[] {1};
    if (!PublicKeys.signed(publicKey, id, probe, probe, sign(probe, probe))) {
      throw new IOException(file + " does not belong to " + PUBLIC + " beside it");
    }
  }

  private static SigningKey create(Path privateFile, Path publicFile) throws IOException {
    try {
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      write(publicFile, Pem.encode("PUBLIC KEY", pair.getPublic().getEncoded()), "rw-r--r--");
      write(privateFile, Pem.encode("PRIVATE KEY", pair.getPrivate().getEncoded()), "rw-------");
      return new SigningKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /** The mode is set as the file is made: there is no moment in which others may read it. */
  private static void write(Path file, String text, String mode) throws IOException {
    var attribute = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    var how = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, how, attribute)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
  }

  byte[] sign(byte[] tag, byte[] body) {
    try {
      var signer = Signature.getInstance("Ed25519");
      signer.initSign(privateKey);
      signer.update(tag);
      signer.update(body);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key signs", e);
    }
  }

  /** The half that may be published. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /** {@link PublicKeys#id} of the public key. */
  public String id() {
    return PublicKeys.id(publicKey);
  }

  byte[] idBytes() {
    return id.clone();
  }

  /** Names the key, never shows it. */
  @Override
  public String toString() {
    return "SigningKey[" + id() + "]";
  }
}
