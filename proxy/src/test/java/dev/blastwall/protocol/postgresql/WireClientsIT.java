package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.blastwall.command.Replication;
import dev.blastwall.protocol.Credential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What psql and pgjdbc make of the wire: TLS, versions, OAuth, certificates, cancel, replication.
 */
class WireClientsIT {

  private static final int PASSWORD = 0;
  private static final int OAUTH = 1;
  private static final int CERTIFICATE = 2;

  @TempDir private static Path folder;

  private static SmallGateway gateway;
  private static HttpServer provider;
  private static TestAuthority authority;

  @BeforeAll
  static void start() throws Exception {
    authority = TestAuthority.create(folder);
    provider = provider();
    gateway =
        new SmallGateway(
            TestGateway.shared().upstream(),
            ClientSide.of(SmallGateway.tls(), false),
            new ClientSide(
                SmallGateway.tls(),
                false,
                new SignInMethod.OAuthBearer(issuer(), "openid"),
                ClientSide.PATIENCE),
            new ClientSide(
                SmallGateway.TLS.context(PostgresqlProtocol.NAME, authority.certificate()),
                false,
                new SignInMethod.Certificate("machines"),
                ClientSide.PATIENCE));
    gateway.gate.opensWith("the.token.of-alice");
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.stop(0);
  }

  // An identity provider with the device grant (RFC 8628): it says yes at once.

  private static String issuer() {
    return "http://localhost:" + provider.getAddress().getPort();
  }

  private static HttpServer provider() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String url = "http://localhost:" + server.getAddress().getPort();
    answer(
        server,
        "/.well-known/openid-configuration",
        """
        {"issuer": "%1$s", "token_endpoint": "%1$s/token",
         "device_authorization_endpoint": "%1$s/device",
         "grant_types_supported": ["urn:ietf:params:oauth:grant-type:device_code"]}\
        """
            .formatted(url));
    answer(
        server,
        "/device",
        """
        {"device_code": "d", "user_code": "u", "verification_uri": "%s/u", "interval": 1,
         "expires_in": 60}\
        """
            .formatted(url));
    answer(
        server, "/token", "{\"access_token\": \"the.token.of-alice\", \"token_type\": \"Bearer\"}");
    server.start();
    return server;
  }

  private static void answer(HttpServer server, String path, String json) {
    server.createContext(
        path,
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body = json.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  // The clients

  private static final Map<String, String> PROGRAMS = new HashMap<>(Map.of("15", "psql"));

  private static String program(String version) throws Exception {
    if (!PROGRAMS.containsKey(version)) {
      PROGRAMS.put(version, run(Map.of(), List.of("../ci/psql18")).strip());
    }
    return PROGRAMS.get(version);
  }

  private static String psql(String version, int listener, String parameters, String... more)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(program(version), "-X", "-A", "-t"));
    command.addAll(List.of(more));
    command.add(
        "host=localhost hostaddr=127.0.0.1 port=%d dbname=shop user=alice sslrootcert=%s %s"
            .formatted(
                gateway.address(listener).getPort(), SmallGateway.TLS.certificate(), parameters));
    return run(Map.of("PGPASSWORD", "the.token.of-alice", "PGOAUTHDEBUG", "UNSAFE"), command);
  }

  private static String run(Map<String, String> environment, List<String> command)
      throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    return Files.readString(output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void psqlChecksTheGatewaysCertificate(String version) throws Exception {
    assertThat(psql(version, PASSWORD, "sslmode=verify-full", "-c", "select 'went through'"))
        .isEqualTo("went through\n");
    assertThat(
            psql(version, PASSWORD, "sslmode=verify-full sslrootcert=" + authority.certificate()))
        .contains("certificate verify failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void psqlIsToldThatItNeedsTls(String version) throws Exception {
    assertThat(psql(version, PASSWORD, "sslmode=disable")).contains("over TLS only");
  }

  @Test
  void psqlBeginsWithTlsAtOnce() throws Exception {
    assertThat(
            psql(
                "18",
                PASSWORD,
                "sslmode=verify-full sslnegotiation=direct",
                "-c",
                "select 'went through'"))
        .isEqualTo("went through\n");
  }

  @Test
  void psqlSpeaksTheNewestVersion() throws Exception {
    String said =
        psql(
            "18",
            PASSWORD,
            "sslmode=require min_protocol_version=3.2 max_protocol_version=latest",
            "-c",
            "\\conninfo",
            "-c",
            "select 'went through'");
    assertThat(said).contains("3.2", "went through");
  }

  @Test
  void psqlGetsATokenByItselfAndSignsInWithIt() throws Exception {
    String said =
        psql(
            "18",
            OAUTH,
            "sslmode=require require_auth=oauth oauth_client_id=psql oauth_issuer=" + issuer(),
            "-c",
            "select 'went through'");
    assertThat(said).contains("went through");
  }

  @Test
  void psqlOfBeforeIsToldWhatItLacks() throws Exception {
    assertThat(psql("15", OAUTH, "sslmode=require")).contains("SASL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"15", "18"})
  void psqlSignsInWithACertificate(String version) throws Exception {
    String mine =
        "sslmode=verify-full sslcert=%s sslkey=%s"
            .formatted(authority.clientCertificate(), authority.clientKey());
    assertThat(psql(version, CERTIFICATE, mine, "-c", "select 'went through'"))
        .isEqualTo("went through\n");
    assertThat(gateway.gate.signIns.getLast().credential())
        .isInstanceOfSatisfying(
            Credential.Certificate.class,
            shown -> {
              assertThat(shown.issuer()).isEqualTo("machines");
              assertThat(shown.certificate().getSubjectX500Principal().getName())
                  .contains("CN=job");
            });
  }

  @Test
  void whoHasNoCertificateIsToldSo() throws Exception {
    assertThat(psql("15", CERTIFICATE, "sslmode=require")).contains("takes a client certificate");
  }

  @Test
  void aCertificateOfAnotherAuthorityEndsTheHandshake() throws Exception {
    TestAuthority other = TestAuthority.create(Files.createTempDirectory(folder, "other"));
    String said =
        psql(
            "15",
            CERTIFICATE,
            "sslmode=require sslcert=%s sslkey=%s"
                .formatted(other.clientCertificate(), other.clientKey()),
            "-c",
            "select 'went through'");
    assertThat(said).doesNotContain("went through");
  }

  @Test
  void replicationIsACommandOfItsOwn() throws Exception {
    gateway.gate.judged.clear();
    assertThat(psql("15", PASSWORD, "sslmode=require replication=database"))
        .contains("does not offer replication");
    assertThat(gateway.gate.judged).containsExactly(new Replication("postgresql", "database"));
  }

  @Test
  void aSessionOfOneListenerIsCancelledAtAnother() throws Exception {
    try (RawClient client = tokenClient();
        RawClient canceller = new RawClient(gateway.address(OAUTH))) {
      client.send("select 'approval'");
      gateway.gate.holds.take();
      canceller.write(RawClient.request(80877102, client.key()));
      assertThat(canceller.rest()).isEmpty();
      assertThat(client.answer().error()).isEqualTo("57014");
    }
  }

  private static RawClient tokenClient() throws IOException {
    RawClient client = RawClient.overTls(gateway.address(PASSWORD));
    client.write(RawClient.startup(3 << 16 | 2, "user", "alice", "database", "shop"));
    client.read();
    client.write(RawClient.message('p', "the.token.of-alice\0"));
    client.readyForQuery();
    return client;
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "postgres"})
  void pgjdbcNegotiatesEitherWay(String negotiation) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "alice");
    properties.setProperty("password", "the.token.of-alice");
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslNegotiation", negotiation);
    properties.setProperty("sslrootcert", SmallGateway.TLS.certificate().toString());
    try (Connection client =
        DriverManager.getConnection(
            "jdbc:postgresql://localhost:" + gateway.address(PASSWORD).getPort() + "/shop",
            properties)) {
      assertThat(client.isValid(0)).isTrue();
    }
  }
}
