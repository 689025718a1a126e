package dev.blastwall.gateway;

import dev.blastwall.api.ApiServer;
import dev.blastwall.api.Monitoring;
import dev.blastwall.approval.Approvals;
import dev.blastwall.config.Configuration;
import dev.blastwall.config.ConfiguredConnection;
import dev.blastwall.config.ConfiguredTls;
import dev.blastwall.config.PostgresqlListener;
import dev.blastwall.enforcement.Enforcement;
import dev.blastwall.enforcement.LiveSessions;
import dev.blastwall.enforcement.Routes;
import dev.blastwall.identity.TokenVerifier;
import dev.blastwall.masking.MaskingKey;
import dev.blastwall.opa.BundleException;
import dev.blastwall.policy.Policy;
import dev.blastwall.protocol.Gate;
import dev.blastwall.protocol.Upstream;
import dev.blastwall.protocol.postgresql.PostgresqlCatalog;
import dev.blastwall.protocol.postgresql.PostgresqlProtocol;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.recorder.Recorder;
import dev.blastwall.recorder.RecorderOptions;
import dev.blastwall.recorder.SigningKey;
import dev.blastwall.recording.NodeLog;
import dev.blastwall.telemetry.GatewayMeter;
import dev.blastwall.telemetry.MeteredGate;
import dev.blastwall.transport.EventLoops;
import dev.blastwall.transport.Listener;
import dev.blastwall.transport.ServerTls;
import dev.blastwall.transport.UpstreamDialer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/** A running gateway. */
public final class Gateway implements AutoCloseable {

  private static final InstantSource CLOCK = InstantSource.system();

  /** Texts that are parsed at a time; most are known, and a parser is a big thing. */
  private static final int PARSERS = 2;

  private final Parts parts;
  private final Listener postgresql;
  private final ApiServer api;
  private final Path recordings;
  private final PolicyLoading policies;

  private Gateway(
      Parts parts, Listener postgresql, ApiServer api, Path recordings, PolicyLoading policies) {
    this.parts = parts;
    this.postgresql = postgresql;
    this.api = api;
    this.recordings = recordings;
    this.policies = policies;
  }

  /**
   * Starts a gateway; returns when every listener accepts.
   *
   * @throws GatewayException when it cannot; nothing is left running then
   */
  public static Gateway start(Configuration configuration) throws GatewayException {
    Parts parts = new Parts();
    try {
      return start(configuration, parts);
    } catch (IOException | BundleException | RuntimeException e) {
      parts.close();
      throw new GatewayException("The gateway cannot start. " + e.getMessage(), e);
    }
  }

  private static MaskingKey maskingKey(Configuration configuration) throws IOException {
    Optional<Path> file = configuration.maskingKey();
    return file.isPresent() ? MaskingKey.read(file.orElseThrow()) : MaskingKey.random();
  }

  private static Gateway start(Configuration configuration, Parts parts)
      throws IOException, BundleException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    LiveSessions sessions = new LiveSessions();
    PolicyLoading policies =
        parts.add(PolicyLoading.start(configuration, registry, sessions::policyChanged));
    SslContext tls =
        certificate(configuration.postgresql(), configuration.data())
            .context(PostgresqlProtocol.NAME);
    EventLoops loops = parts.add(new EventLoops());
    Recorder recorder =
        parts.add(
            Recorder.open(
                configuration.recordings(),
                SigningKey.loadOrCreate(configuration.data().resolve("keys")),
                RecorderOptions.defaults()));
    NodeLog log = parts.add(new NodeLog(recorder));
    Map<String, String> labels = labels(configuration, log.nextId());
    Optional<DecisionLogging.Open> decisionLog =
        DecisionLogging.start(configuration.decisionLogs(), labels, registry, parts);
    TokenVerifier identities = parts.add(TokenVerifier.trusting(configuration.issuers()));
    Approvals approvals = approvals(parts, registry);
    ApiServer api =
        parts.add(
            ApiServer.start(
                new InetSocketAddress(configuration.api().address(), configuration.api().port()),
                identities,
                approvals,
                new Monitoring(
                    registry::scrape,
                    new Status(labels, policies, decisionLog.map(DecisionLogging.Open::status)))));
    Set<String> connections = configuration.connections().keySet();
    Policy policy =
        new Staging(configuration, registry, CLOCK, maskingKey(configuration))
            .policy(policies.join(), decisionLog.map(DecisionLogging.Open::logger), parts);
    Gate gate =
        new MeteredGate(
            new Enforcement(
                identities::verify, routes(configuration), policy, approvals, log, sessions, CLOCK),
            registry,
            connections);
    // Last, for its parser loads in the background and would slow the rest down.
    SqlUnderstanding understanding = parts.add(new SqlUnderstanding(PARSERS));
    PostgresqlProtocol protocol =
        new PostgresqlProtocol(
            gate,
            tls,
            configuration.postgresql().cleartextOnLoopback(),
            new UpstreamDialer(upstreams(configuration)),
            understanding,
            parts.add(new PostgresqlCatalog(understanding)));
    Listener postgresql = parts.add(Listener.bind(loops, address(configuration), protocol));
    return new Gateway(parts, postgresql, api, configuration.recordings(), policies);
  }

  /** Say in logs and status which gateway this is. */
  private static Map<String, String> labels(Configuration configuration, String id) {
    Map<String, String> labels = new HashMap<>(configuration.decisionLogs().labels());
    labels.put("id", id);
    return labels;
  }

  private static Approvals approvals(Parts parts, MeterRegistry registry) {
    Approvals approvals = new Approvals(timer(parts), CLOCK);
    GatewayMeter.HOLDS_PENDING.gauge(registry, approvals, Approvals::pending);
    return approvals;
  }

  private static ScheduledExecutorService timer(Parts parts) {
    return parts.add(
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("approval-timer").factory()));
  }

  private static Routes routes(Configuration configuration) {
    return new Routes(
        configuration.connections().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> route(entry.getValue()))));
  }

  private static Routes.Route route(ConfiguredConnection configured) {
    return new Routes.Route(configured.connection(), configured.upstream());
  }

  private static InetSocketAddress address(Configuration configuration) {
    PostgresqlListener listener = configuration.postgresql();
    return new InetSocketAddress(listener.address(), listener.port());
  }

  private static List<Upstream> upstreams(Configuration configuration) {
    return configuration.connections().values().stream()
        .map(ConfiguredConnection::upstream)
        .toList();
  }

  private static ServerTls certificate(PostgresqlListener listener, Path data) throws IOException {
    return switch (listener.tls()) {
      case ConfiguredTls.SelfSigned() -> ServerTls.selfSigned(data, listener.address());
      case ConfiguredTls.Provided provided -> new ServerTls(provided.certificate(), provided.key());
    };
  }

  /** Where PostgreSQL clients come in. */
  public InetSocketAddress postgresql() {
    return postgresql.address();
  }

  /** Where the API answers. */
  public URI api() {
    return api.url();
  }

  /** The folder of the recording. */
  public Path recordings() {
    return recordings;
  }

  /** The revision of the policy bundle that decides at this moment. */
  public String bundleRevision() {
    return policies.revision();
  }

  @Override
  public void close() {
    parts.close();
  }
}
