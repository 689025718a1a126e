package dev.blastwall.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {

  @TempDir Path folder;

  @Test
  void theFirstStartMakesACertificateForTheHostAndLaterOnesKeepIt() throws Exception {
    ServerTls first = ServerTls.selfSigned(folder, "gw.example.org");
    byte[] made = Files.readAllBytes(first.certificate());
    ServerTls second = ServerTls.selfSigned(folder, "gw.example.org");
    assertThat(Files.readAllBytes(second.certificate())).isEqualTo(made);
    assertThat(names(first)).contains("gw.example.org", "localhost", "127.0.0.1");
    assertThat(first.context("postgresql").isServer()).isTrue();
  }

  private static List<Object> names(ServerTls tls) throws Exception {
    try (InputStream pem = Files.newInputStream(tls.certificate())) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
      certificate.verify(certificate.getPublicKey());
      return certificate.getSubjectAlternativeNames().stream().<Object>map(n -> n.get(1)).toList();
    }
  }

  @Test
  void onlyTheOwnerReadsTheKey() throws IOException {
    ServerTls tls = ServerTls.selfSigned(folder, "localhost");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tls.key())))
        .isEqualTo("rw-------");
  }

  @Test
  void filesThatAreNotWhatTheyShouldBeAreNamed() throws IOException {
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
    assertThatThrownBy(() -> new ServerTls(nonsense, nonsense).context("postgresql"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nonsense.pem");
    Upstream upstream =
        new Upstream("db", 5432, "u", new Secret("p"), "d", Upstream.Tls.VERIFY_FULL, nonsense);
    assertThatThrownBy(() -> new UpstreamDialer(List.of(upstream))).isInstanceOf(IOException.class);
  }
}
