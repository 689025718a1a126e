package dev.blastwall.gateway;

import dev.blastwall.api.ApiServer;
import dev.blastwall.api.Monitoring;
import dev.blastwall.approval.Approvals;
import dev.blastwall.config.Configuration;
import dev.blastwall.config.ConfiguredConnection;
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
import dev.blastwall.transport.UpstreamDialer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
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
  private final SequencedMap<String, Listener> listeners;
  private final ApiServer api;
  private final Path recordings;
  private final PolicyLoading policies;

  private Gateway(
      Parts parts,
      SequencedMap<String, Listener> listeners,
      ApiServer api,
      Path recordings,
      PolicyLoading policies) {
    this.parts = parts;
    this.listeners = listeners;
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
    PostgresqlListeners listeners = PostgresqlListeners.prepare(configuration);
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
                new Credentials(identities, listeners.certificateIssuers(), CLOCK),
                routes(configuration),
                policy,
                approvals,
                log,
                sessions,
                CLOCK),
            registry,
            connections);
    // Last, for its parser loads in the background and would slow the rest down.
    SqlUnderstanding understanding = parts.add(new SqlUnderstanding(PARSERS));
    PostgresqlProtocol protocol =
        new PostgresqlProtocol(
            gate,
            listeners.first(),
            new UpstreamDialer(upstreams(configuration)),
            understanding,
            parts.add(new PostgresqlCatalog(understanding)));
    return new Gateway(
        parts, listeners.open(loops, protocol, parts), api, configuration.recordings(), policies);
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

  private static List<Upstream> upstreams(Configuration configuration) {
    return configuration.connections().values().stream()
        .map(ConfiguredConnection::upstream)
        .toList();
  }

  /** Where PostgreSQL clients come in, at the first listener. */
  public InetSocketAddress postgresql() {
    return listeners.firstEntry().getValue().address();
  }

  /** Where clients come in, by the names of the listeners and in the order of the file. */
  public SequencedMap<String, InetSocketAddress> listeners() {
    SequencedMap<String, InetSocketAddress> addresses = new LinkedHashMap<>();
    listeners.forEach((name, listener) -> addresses.put(name, listener.address()));
    return addresses;
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
