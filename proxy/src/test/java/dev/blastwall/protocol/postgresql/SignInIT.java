package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.all;
import static dev.blastwall.protocol.postgresql.RawClient.message;
import static dev.blastwall.protocol.postgresql.RawClient.query;
import static dev.blastwall.protocol.postgresql.RawClient.request;
import static dev.blastwall.protocol.postgresql.RawClient.startup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.protocol.FakeGate;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the first byte to the session (PostgreSQL manual, "Start-up"). */
class SignInIT {

  private static final int V3_0 = 3 << 16;
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  private final TestGateway gateway = TestGateway.shared();

  @BeforeEach
  void forget() {
    gateway.gate.reset();
  }

  private String signIn(byte[] startup, String token) throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.write(startup);
      if (client.read().type() != 'R') {
        return client.rest();
      }
      client.write(message('p', token + "\0"));
      return client.readyForQuery().toString();
    }
  }

  private String denial(byte[] startup) throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.write(startup);
      RawClient.Message answer = client.read();
      assertThat(answer.type()).isEqualTo('E');
      return answer.text();
    }
  }

  @Test
  void aTokenThatIsNotAcceptedGetsNoConnection() throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.write(startup(V3_0, "user", "alice", "database", "shop"));
      client.read();
      client.write(message('p', "wrong\0"));
      assertThat(client.rest()).contains("FATAL").contains("28P01").contains("d-1");
    }
  }

  @Test
  void anUnknownConnectionIsAnUnknownDatabase() throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.write(startup(V3_0, "user", "alice", "database", "nowhere"));
      client.read();
      client.write(message('p', FakeGate.TOKEN + "\0"));
      assertThat(client.rest()).contains("3D000");
    }
  }

  @Test
  void theDatabaseNamesConnectionAndDatabase() throws IOException {
    signIn(startup(V3_0, "user", "alice", "database", "shop/orders"), FakeGate.TOKEN);
    assertThat(gateway.gate.signIns.getLast().connection()).isEqualTo("shop");
    assertThat(gateway.gate.signIns.getLast().database()).isEqualTo("orders");
  }

  @Test
  void theUpstreamsCredentialReachesNobody() throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.write(startup(V3_0, "user", "alice", "database", "shop"));
      client.read();
      client.write(message('p', FakeGate.TOKEN + "\0"));
      assertThat(client.readyForQuery().stream().map(RawClient.Message::text).toList().toString())
          .doesNotContain(TestGateway.PASSWORD);
    }
  }

  @Test
  void startUpParametersReachTheUpstream() throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.write(
          startup(
              V3_0,
              "user",
              "alice",
              "database",
              "shop",
              "TimeZone",
              "Asia/Tokyo",
              "client_encoding",
              "'utf-8'",
              "options",
              "-c intervalstyle=iso_8601 --work-mem=4MB"));
      client.read();
      client.write(message('p', FakeGate.TOKEN + "\0"));
      client.readyForQuery();
      assertThat(client.ask("show timezone").rows().toString()).contains("Asia/Tokyo");
      assertThat(client.ask("show intervalstyle").rows().toString()).contains("iso_8601");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "client_encoding,latin1,0A000",
    "standard_conforming_strings,off,42501",
    "Role,postgres,42501",
    "options,-c standard_conforming_strings=off,42501",
    "options,--standard-conforming-strings=off,42501",
    "options,-c\\ role=postgres,42501",
    "options,-cRole=postgres,42501",
    "options,-e,0A000"
  })
  void whatWouldMakeTheSessionAnotherIsRefused(String name, String value, String sqlState)
      throws IOException {
    assertThat(denial(startup(V3_0, "user", "alice", "database", "shop", name, value)))
        .contains(sqlState);
    assertThat(gateway.gate.signIns).isEmpty();
  }

  @Test
  void aNewerMinorVersionIsNegotiatedAndGetsALongKey() throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.write(startup(V3_0 | 9999, "user", "alice", "database", "shop", "_pq_.x", "1"));
      RawClient.Message negotiation = client.read();
      assertThat(negotiation.type()).isEqualTo('v');
      assertThat(negotiation.buffer().getInt()).isEqualTo(0x00030002);
      assertThat(negotiation.text()).contains("_pq_.x");
      client.read();
      client.write(message('p', FakeGate.TOKEN + "\0"));
      client.readyForQuery();
      assertThat(client.key()).hasSize(4 + 32);
    }
  }

  @Test
  void anOldClientGetsAShortKey() throws IOException {
    try (RawClient client = RawClient.signedIn(gateway.address())) {
      assertThat(client.key()).hasSize(4 + 4);
    }
  }

  @Test
  void aCancelWithAWrongSecretDoesNothing() throws Exception {
    try (RawClient client = RawClient.signedIn(gateway.address());
        RawClient canceller = new RawClient(gateway.address())) {
      client.send("select 'approval'");
      var held = gateway.gate.holds.take();
      byte[] key = client.key().clone();
      key[7] ^= 1;
      canceller.write(request(80877102, key));
      assertThat(canceller.rest()).isEmpty();
      held.approve();
      assertThat(client.answer().rows()).hasSize(1);
    }
  }

  @Test
  void anUnknownMajorVersionIsRefused() throws IOException {
    assertThat(denial(startup(4 << 16, "user", "alice"))).contains("0A000");
  }

  @Test
  void bytesBehindARequestForTlsAreNotReadAsIfTheyCameEncrypted() throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.write(all(request(SSL_REQUEST), startup(V3_0, "user", "alice", "database", "shop")));
      assertThat(client.rest()).contains("unencrypted data").doesNotStartWith("S");
    }
  }

  @Test
  void gssEncryptionIsDeclinedAndTlsMayFollow() throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.write(request(GSS_REQUEST));
      assertThat(client.readByte()).isEqualTo('N');
      client.write(request(SSL_REQUEST));
      assertThat(client.readByte()).isEqualTo('S');
    }
  }

  @Test
  void aStartUpPacketAboveItsLimitIsRefused() throws IOException {
    assertThat(denial(new byte[] {0, 0, 0x40, 0})).contains("54000");
  }

  @Test
  void directTlsNeedsTheProtocolsName() throws Exception {
    try (SSLSocket client = directTls("postgresql")) {
      client.startHandshake();
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      out.write(startup(V3_0, "user", "alice", "database", "shop"));
      out.flush();
      assertThat(client.getInputStream().read()).isEqualTo('R');
    }
    try (SSLSocket client = directTls()) {
      client.startHandshake();
      client.getOutputStream().write(startup(V3_0, "user", "alice", "database", "shop"));
      assertThatThrownBy(() -> readToEnd(client)).isInstanceOf(IOException.class);
    }
    assertThat(gateway.gate.signIns).isEmpty();
  }

  private static void readToEnd(Socket client) throws IOException {
    if (client.getInputStream().read() < 0) {
      throw new IOException("closed");
    }
  }

  private SSLSocket directTls(String... names) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream pem = Files.newInputStream(gateway.certificate)) {
      trusted.setCertificateEntry(
          "gateway", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(gateway.address().getAddress(), gateway.address().getPort());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(names);
    socket.setSSLParameters(parameters);
    return socket;
  }

  @Test
  void aQueryBeforeSignInIsNeverJudged() throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.write(startup(V3_0, "user", "alice", "database", "shop"));
      client.read();
      client.write(query("select 1"));
      assertThat(client.rest()).contains("08P01");
      assertThat(gateway.gate.judged).isEmpty();
    }
  }
}
