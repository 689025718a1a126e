package dev.blastwall.authoring;

import dev.blastwall.approval.Approvals;
import dev.blastwall.command.Connection;
import dev.blastwall.demo.LocalPostgres;
import dev.blastwall.demo.WorkFolder;
import dev.blastwall.enforcement.Enforcement;
import dev.blastwall.enforcement.Identities;
import dev.blastwall.enforcement.LiveSessions;
import dev.blastwall.enforcement.Routes;
import dev.blastwall.gateway.Parts;
import dev.blastwall.identity.Verification;
import dev.blastwall.policy.OfflinePolicy;
import dev.blastwall.protocol.Credential;
import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.protocol.postgresql.ClientSide;
import dev.blastwall.protocol.postgresql.PostgresqlCatalog;
import dev.blastwall.protocol.postgresql.PostgresqlProtocol;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.recorder.Recorder;
import dev.blastwall.recorder.RecorderOptions;
import dev.blastwall.recorder.SigningKey;
import dev.blastwall.recording.NodeLog;
import dev.blastwall.transport.EventLoops;
import dev.blastwall.transport.Listener;
import dev.blastwall.transport.ServerTls;
import dev.blastwall.transport.UpstreamDialer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Plays scenarios: a client sends the text to a gateway's own protocol and enforcement, in front of
 * a real database that holds nothing but a schema. So the answer is that of production.
 */
public final class Rehearsal implements AutoCloseable {

  private static final int PARSERS = 1;
  private static final Duration SIGNED_IN = Duration.ofDays(1);

  private final Parts parts;
  private final Stage stage;
  private final int port;

  /** Who is on, at what time, and what was asked so far. */
  private static final class Stage implements InstantSource {
    private final List<AskedDecision> asked = new CopyOnWriteArrayList<>();
    private final Secret token = new Secret(UUID.randomUUID().toString());
    private volatile Scenario scenario;

    Stage(Scenario first) {
      scenario = first;
    }

    @Override
    public Instant instant() {
      return scenario.at();
    }

    /** Others on this machine can reach the port as well. */
    Verification verify(Credential presented) {
      return presented instanceof Credential.Token(Secret text)
              && MessageDigest.isEqual(bytes(text.value()), bytes(token.value()))
          ? new Verification.Identified(scenario.who(), instant().plus(SIGNED_IN))
          : new Verification.Rejected(
              Verification.Reason.BAD_SIGNATURE,
              "Nobody but the rehearsal signs in here.",
              "Connect to a gateway.");
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    void enter(Scenario next) {
      asked.clear();
      scenario = next;
    }
  }

  private Rehearsal(Parts parts, Stage stage, int port) {
    this.parts = parts;
    this.stage = stage;
    this.port = port;
  }

  /**
   * Starts what the scenarios need.
   *
   * @param policy decides
   * @param schema SQL that makes the tables and views that they name; may be empty
   * @throws IOException when the database cannot start or does not take the schema
   */
  public static Rehearsal start(OfflinePolicy policy, String schema, Collection<Scenario> scenarios)
      throws IOException {
    Parts parts = new Parts();
    try {
      return start(policy, schema, scenarios, parts);
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static Rehearsal start(
      OfflinePolicy policy, String schema, Collection<Scenario> scenarios, Parts parts)
      throws IOException {
    Path work = parts.add(WorkFolder.create()).path();
    Upstream upstream = parts.add(LocalPostgres.start(WorkFolder.cache(), schema)).upstream();
    Stage stage = new Stage(scenarios.iterator().next());
    EventLoops loops = parts.add(new EventLoops());
    SqlUnderstanding understanding = parts.add(new SqlUnderstanding(PARSERS));
    PostgresqlProtocol protocol =
        new PostgresqlProtocol(
            new NobodyApproves(
                enforcement(policy, routes(scenarios, upstream), stage, work, parts)),
            ClientSide.of(
                ServerTls.selfSigned(work, "127.0.0.1").context(PostgresqlProtocol.NAME), false),
            new UpstreamDialer(List.of(upstream)),
            understanding,
            parts.add(new PostgresqlCatalog(understanding)));
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Listener listener = parts.add(Listener.bind(loops, any, protocol));
    return new Rehearsal(parts, stage, listener.address().getPort());
  }

  private static Enforcement enforcement(
      OfflinePolicy policy, Routes routes, Stage stage, Path work, Parts parts) throws IOException {
    Recorder recorder =
        parts.add(
            Recorder.open(
                work.resolve("recordings"),
                SigningKey.loadOrCreate(work.resolve("keys")),
                RecorderOptions.defaults()));
    Identities whoIsOn = (credential, loop, then) -> then.accept(stage.verify(credential));
    return new Enforcement(
        whoIsOn,
        routes,
        policy.heardBy(
            (input, decision) -> stage.asked.add(new AskedDecision(input, decision)), stage),
        new Approvals(timer(parts), stage),
        parts.add(new NodeLog(recorder)),
        new LiveSessions(),
        stage);
  }

  private static ScheduledExecutorService timer(Parts parts) {
    return parts.add(
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("hold-timer").factory()));
  }

  private static Routes routes(Collection<Scenario> scenarios, Upstream upstream) {
    Map<String, Routes.Route> routes = new HashMap<>();
    for (Scenario scenario : scenarios) {
      Connection connection = scenario.connection();
      routes.put(connection.name(), new Routes.Route(connection, upstream));
    }
    return new Routes(routes);
  }

  /** Plays one scenario; what it changes in the database stays for the next. */
  public Performance play(Scenario scenario) {
    stage.enter(scenario);
    String trouble = "";
    try (java.sql.Connection client = connect(scenario)) {
      if (scenario.sql().isPresent()) {
        try (Statement statement = client.createStatement()) {
          statement.setEscapeProcessing(false);
          statement.execute(scenario.sql().get());
        }
      }
    } catch (SQLException e) {
      trouble = String.valueOf(e.getMessage());
    }
    return Performance.of(scenario, new ArrayList<>(stage.asked), trouble);
  }

  private java.sql.Connection connect(Scenario scenario) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", scenario.who().subject());
    properties.setProperty("password", stage.token.value());
    properties.setProperty("sslmode", "require");
    properties.setProperty("ApplicationName", scenario.application());
    // One text is one message then, as psql sends it; and the driver asks nothing of its own.
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("assumeMinServerVersion", "12");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + scenario.connection().name(), properties);
  }

  @Override
  public void close() {
    parts.close();
  }
}
