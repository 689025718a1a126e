package dev.blastwall.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.spec.InvalidKeySpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void aKeyIsReadAsItWasWritten(String algorithm) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    Path file = write(Pem.text(Pem.PRIVATE_KEY, pair.getPrivate().getEncoded()));
    assertThat(Pem.privateKey(file, pair.getPublic())).isEqualTo(pair.getPrivate());
  }

  @Test
  void whatStandsAroundAKeyIsNotPartOfIt() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    String text = Pem.text(Pem.PRIVATE_KEY, pair.getPrivate().getEncoded());
    Path file = write("Bag Attributes\n" + text.replace("\n", "\r\n") + "more\n");
    assertThat(Pem.privateKey(file, pair.getPublic())).isEqualTo(pair.getPrivate());
  }

  @Test
  void aKeyInAnotherFormIsRefusedWithTheWayToConvertIt() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    Path file = write(Pem.text("EC PRIVATE KEY", pair.getPrivate().getEncoded()));
    assertThatThrownBy(() -> Pem.privateKey(file, pair.getPublic()))
        .isInstanceOf(InvalidKeySpecException.class)
        .hasMessageContaining("openssl pkcs8");
  }

  @Test
  void aKeyOfAnotherAlgorithmThanItsCertificateIsRefused() throws Exception {
    KeyPair ec = KeyPairGenerator.getInstance("EC").generateKeyPair();
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    Path file = write(Pem.text(Pem.PRIVATE_KEY, ec.getPrivate().getEncoded()));
    assertThatThrownBy(() -> Pem.privateKey(file, rsa.getPublic()))
        .isInstanceOf(InvalidKeySpecException.class);
  }

  @Test
  void aChainKeepsItsOrder() throws Exception {
    Path first = folder.resolve("first.crt");
    Path second = folder.resolve("second.crt");
    SelfSignedCertificate.of("first").write(first, folder.resolve("first.key"));
    SelfSignedCertificate.of("second").write(second, folder.resolve("second.key"));
    Path chain = write(Files.readString(first) + Files.readString(second));
    assertThat(Pem.certificates(chain))
        .containsExactly(Pem.certificates(first)[0], Pem.certificates(second)[0]);
  }

  @Test
  void aFileWithoutACertificateIsRefused() throws IOException {
    Path empty = write("");
    assertThatThrownBy(() -> Pem.certificates(empty)).isInstanceOf(CertificateException.class);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("it.pem"), text);
  }
}
