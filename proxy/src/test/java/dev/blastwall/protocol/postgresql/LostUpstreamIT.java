package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.Upstream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session whose upstream goes away: the client hears of it in the words of PostgreSQL. */
class LostUpstreamIT {

  private final TestGateway real = TestGateway.shared();

  private static Upstream upstream(Upstream.Address address) {
    return new Upstream(
        address.host(),
        address.port(),
        TestGateway.USER,
        new Secret(TestGateway.PASSWORD),
        "postgres",
        Upstream.Tls.DISABLE,
        null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "half-open"})
  void aConnectionThatBreaksInTheMiddleOfAnAnswer(String how) throws IOException {
    FakeServer.Script breaks =
        client -> {
          FakeServer.letIn(client, false);
          FakeServer.typed(client);
          FakeServer.say(client, new byte[] {'C', 0, 0});
          if (how.equals("reset")) {
            FakeServer.reset(client);
          } else {
            client.shutdownOutput();
            FakeServer.silence(client);
          }
        };
    try (FakeServer server = new FakeServer(breaks);
        SmallGateway gateway = new SmallGateway(upstream(server.address()));
        RawClient client = RawClient.signedIn(gateway.address())) {
      client.send("set work_mem = '4MB'");
      RawClient.Message said = client.read();
      assertThat(said.type()).isEqualTo('E');
      assertThat(RawClient.field(said, 'C')).isEqualTo("08006");
      assertThat(RawClient.field(said, 'V')).isEqualTo("FATAL");
      assertThat(client.readByte()).isEqualTo(-1);
    }
  }

  @Test
  void whatAServerSaysWhenItStopsReachesTheClient() throws Exception {
    try (SmallGateway gateway = new SmallGateway(real.upstream());
        RawClient client = RawClient.signedIn(gateway.address());
        Connection direct = real.direct();
        Statement statement = direct.createStatement()) {
      String process = client.ask("select pg_backend_pid()").rows().getFirst().getFirst();
      statement.execute("select pg_terminate_backend(" + process + ")");
      RawClient.Message said = client.read();
      assertThat(RawClient.field(said, 'C')).isEqualTo("57P01");
      assertThat(client.readByte()).isEqualTo(-1);
    }
  }
}
