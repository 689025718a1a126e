package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.ContractClient;
import dev.blastwall.protocol.FakeGate;
import dev.blastwall.protocol.ProtocolContract;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

class PostgresqlContractIT extends ProtocolContract {

  private final TestGateway gateway = TestGateway.shared();

  @Override
  protected FakeGate gate() {
    return gateway.gate;
  }

  @Override
  protected ContractClient connect() throws IOException {
    return RawClient.signedIn(gateway.address());
  }

  @Override
  protected byte[] wholeSession(String command) {
    return RawClient.all(
        RawClient.startup(3 << 16, "user", "alice", "database", "shop"),
        RawClient.message('p', FakeGate.TOKEN + "\0"),
        RawClient.query(command),
        RawClient.message('X'));
  }

  @Override
  protected String exchange(List<byte[]> pieces) throws IOException {
    // What comes after sign-in must wait for it; the cut is wherever it is.
    byte[] whole = RawClient.all(pieces.toArray(byte[][]::new));
    int commands = whole.length - RawClient.query(saying("hello")).length - 5;
    int cut = pieces.getFirst().length;
    try (RawClient client = new RawClient(gateway.address())) {
      write(client, whole, 0, commands, cut);
      client.readyForQuery();
      write(client, whole, commands, whole.length, cut);
      return client.rest();
    }
  }

  private static void write(RawClient client, byte[] whole, int from, int to, int cut)
      throws IOException {
    int middle = Math.clamp(cut, from, to);
    client.write(Arrays.copyOfRange(whole, from, middle));
    client.write(Arrays.copyOfRange(whole, middle, to));
  }

  @Override
  protected byte[] oversizedMessage() {
    return new byte[] {'Q', 0x7f, -1, -1, -1};
  }

  @Override
  protected String afterSignIn(byte[] bytes) throws IOException {
    try (RawClient client = RawClient.signedIn(gateway.address())) {
      client.write(bytes);
      return client.rest();
    }
  }

  @Override
  protected String reading(String column) {
    return "select " + column + " from customers where id = 1";
  }

  @Override
  protected String secretColumn() {
    return "email";
  }

  @Override
  protected String secret() {
    return "ada@example.org";
  }

  @Override
  protected String saying(String word) {
    return "select '" + word + "'";
  }

  @Override
  protected String lasting() {
    return "select pg_sleep(60)";
  }

  @Override
  protected void killUpstreamSessions() throws Exception {
    try (Connection admin = gateway.direct();
        Statement statement = admin.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
              + TestGateway.USER
              + "' and application_name <> 'blastwall-catalog'");
    }
  }

  @Override
  protected String refusedCode() {
    return "42501";
  }

  @Override
  protected String cancelledCode() {
    return "57014";
  }
}
