package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.protocol.FakeGate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OAUTHBEARER byte by byte, as RFC 7628 and PostgreSQL 18 have it. */
class BearerSignInIT {

  private static final SignInMethod METHOD =
      new SignInMethod.OAuthBearer("https://id.example/realms/shop", "openid groups");

  private SmallGateway gateway;
  private RawClient client;

  @BeforeEach
  void askForASession() throws IOException {
    gateway =
        new SmallGateway(
            TestGateway.shared().upstream(),
            new ClientSide(SmallGateway.tls(), true, METHOD, ClientSide.PATIENCE));
    client = new RawClient(gateway.address());
    client.write(RawClient.startup(3 << 16, "user", "alice", "database", "shop"));
    RawClient.Message asked = client.read();
    assertThat(asked.type()).isEqualTo('R');
    assertThat(asked.buffer().getInt()).isEqualTo(10);
    assertThat(asked.text()).endsWith("OAUTHBEARER\0\0");
  }

  @AfterEach
  void hangUp() throws IOException {
    client.close();
    gateway.close();
  }

  private void present(String data) throws IOException {
    int length = data.getBytes(StandardCharsets.UTF_8).length;
    assertThat(length).isLessThan(128);
    client.write(message('p', "OAUTHBEARER\0\0\0\0" + (char) length + data));
  }

  private static String bearer(String token) {
    return "n,,\1auth=Bearer " + token + "\1\1";
  }

  /** What a client hears that is not let in, once it has acknowledged where to get a token. */
  private RawClient.Message refusal() throws IOException {
    RawClient.Message where = client.read();
    assertThat(where.type()).isEqualTo('R');
    assertThat(where.buffer().getInt()).isEqualTo(11);
    assertThat(where.text())
        .contains(
            "\"status\":\"invalid_token\"",
            "\"openid-configuration\":"
                + "\"https://id.example/realms/shop/.well-known/openid-configuration\"",
            "\"scope\":\"openid groups\"");
    client.write(message('p', "\1"));
    RawClient.Message said = client.read();
    assertThat(said.type()).isEqualTo('E');
    assertThat(client.readByte()).isEqualTo(-1);
    return said;
  }

  @Test
  void aTokenOpens() throws IOException {
    gateway.gate.opensWith("open-sesame");
    present(bearer("open-sesame"));
    client.readyForQuery();
    assertThat(client.ask("select 1").rows()).hasSize(1);
  }

  @Test
  void aTokenThatDoesNotCountIsRefusedOnceTheClientKnowsWhereToGetAnother() throws IOException {
    present(bearer("wrong"));
    assertThat(refusal().text()).contains("28P01", "does not open this");
  }

  @Test
  void whoHasNoTokenHearsWhereToGetOne() throws IOException {
    present("n,,\1auth=\1\1");
    assertThat(refusal().text()).contains("28000", "oauth_issuer=https://id.example/realms/shop");
    assertThat(gateway.gate.signIns).as("there was nothing to judge").isEmpty();
  }

  @Test
  void aClientThatWaitsToBeAskedHearsItToo() throws IOException {
    byte[] mechanism = "OAUTHBEARER\0".getBytes(StandardCharsets.UTF_8);
    client.write(message('p', RawClient.all(mechanism, new byte[] {-1, -1, -1, -1})));
    assertThat(refusal().text()).contains("28000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n,,",
        "n,,\1",
        "n,,\1\1",
        "n,,\1auth=Bearer x",
        "n,,\1auth=Bearer x\1",
        "n,,\1auth=Bearer x\1\1\1x",
        "n,,\1auth=Bearer x\1auth=Bearer y\1\1",
        "n,,\1auth=Basic x\1\1",
        "n,,\1auth=Bearer \1\1",
        "n,,\1auth=Bearer x y\1\1",
        "n,,\1host=x\1\1",
        "n,,\1no pair\1auth=Bearer x\1\1",
        "n,a=root,\1auth=Bearer x\1\1",
        "p=tls-server-end-point,,\1auth=Bearer x\1\1",
        "auth=Bearer x"
      })
  void whatIsNoSuchMessageIsNotAnswered(String data) throws IOException {
    present(data);
    assertThat(client.rest()).contains("08P01");
    assertThat(gateway.gate.signIns).isEmpty();
  }

  @Test
  void anotherMechanismIsNot() throws IOException {
    client.write(message('p', "SCRAM-SHA-256\0\0\0\0\1x"));
    assertThat(client.rest()).contains("08P01");
  }

  @Test
  void aRefusalMustBeAcknowledgedAndNotAnsweredWithAnotherToken() throws IOException {
    present(bearer("wrong"));
    client.read();
    present(bearer(FakeGate.TOKEN.replace(' ', '-')));
    assertThat(client.rest()).contains("08P01");
    assertThat(gateway.gate.signIns).hasSize(1);
  }
}
