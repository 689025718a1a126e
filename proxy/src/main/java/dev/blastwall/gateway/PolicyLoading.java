package dev.blastwall.gateway;

import dev.blastwall.command.Audience;
import dev.blastwall.config.Configuration;
import dev.blastwall.config.ConfiguredEngine;
import dev.blastwall.config.ConfiguredSet;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.bundle.ActiveBundles;
import dev.blastwall.opa.bundle.BundleListener;
import dev.blastwall.opa.bundle.BundleMetrics;
import dev.blastwall.opa.bundle.Bundles;
import dev.blastwall.opa.bundle.EmbeddedEngines;
import dev.blastwall.opa.bundle.EngineFactory;
import dev.blastwall.opa.embedded.EngineOptions;
import dev.blastwall.opa.sidecar.SidecarEngine;
import dev.blastwall.opa.sidecar.SidecarEngines;
import dev.blastwall.opa.sidecar.SidecarMetrics;
import dev.blastwall.opa.sidecar.SidecarOptions;
import dev.blastwall.policy.OpaPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets of bundles that are fetched, and given to their engines, on threads of their own, at first
 * while the rest starts.
 */
public final class PolicyLoading implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PolicyLoading.class);
  private static final String BUNDLES = "bundles";

  private final Parts parts = new Parts();
  private final Configuration configuration;
  private final @Nullable Path kept;
  private final BundleListener listener;
  private final MeterRegistry registry;

  /** Those that are for some, in the order of the configuration; last the one for all others. */
  private final List<LoadedSet> sets = new ArrayList<>();

  private PolicyLoading(
      Configuration configuration,
      @Nullable Path kept,
      BundleListener listener,
      MeterRegistry registry) {
    this.configuration = configuration;
    this.kept = kept;
    this.listener = listener;
    this.registry = registry;
  }

  /**
   * Begins, and keeps the last good bundles in the data folder.
   *
   * @param changed told when another policy has come in
   */
  static PolicyLoading start(Configuration configuration, MeterRegistry registry, Runnable changed)
      throws BundleException {
    return begin(
        new PolicyLoading(
            configuration,
            configuration.data().resolve("bundles"),
            new BundleLog(new BundleMetrics(registry), changed),
            registry));
  }

  /**
   * Does what a gateway does before it decides, and ends it again.
   *
   * @return the revisions that would decide, by the name of their set, in the order in which
   *     somebody is looked for whom they are for
   * @throws BundleException when one of them would not
   */
  public static SequencedMap<String, String> check(Configuration configuration)
      throws BundleException {
    try (PolicyLoading loading =
        begin(
            new PolicyLoading(
                configuration, null, new BundleListener() {}, new SimpleMeterRegistry()))) {
      SequencedMap<String, String> revisions = new LinkedHashMap<>();
      for (LoadedSet set : loading.sets) {
        set.await();
        revisions.put(set.name(), set.revision());
      }
      return revisions;
    }
  }

  private static PolicyLoading begin(PolicyLoading loading) throws BundleException {
    try {
      loading.begin();
      return loading;
    } catch (BundleException | RuntimeException e) {
      loading.close();
      throw e;
    }
  }

  private void begin() throws BundleException {
    for (ConfiguredSet set : configuration.sets()) {
      sets.add(load(set));
    }
    sets.add(
        load(new ConfiguredSet(ConfiguredSet.MAIN, configuration.bundles(), Audience.EVERYBODY)));
  }

  private LoadedSet load(ConfiguredSet set) throws BundleException {
    return switch (configuration.engine()) {
      case ConfiguredEngine.Embedded() ->
          bundles(set, new EmbeddedEngines(EngineOptions.DEFAULT, OpaPolicy.ENTRYPOINT));
      case ConfiguredEngine.Started sidecar -> bundles(set, parts.add(sidecars(sidecar)));
      case ConfiguredEngine.Running running -> running(set, running);
    };
  }

  private LoadedSet bundles(ConfiguredSet set, EngineFactory engines) throws BundleException {
    Bundles bundles =
        parts.add(Bundles.start(set.bundles(), engines, OpaPolicy.ENTRYPOINT, kept, listener));
    return new LoadedSet(set.name(), set.audience(), bundles, bundles::await, bundles::statusJson);
  }

  private SidecarEngines sidecars(ConfiguredEngine.Started sidecar) {
    return new SidecarEngines(
        sidecar.program(),
        options(sidecar.timeout()),
        OpaPolicy.ENTRYPOINT,
        new SidecarLog(new SidecarMetrics(registry)));
  }

  private LoadedSet running(ConfiguredSet set, ConfiguredEngine.Running running) {
    SidecarEngine engine =
        parts.add(new SidecarEngine(running.address(), options(running.timeout())));
    String address = running.address().toString();
    // It says with each answer which of its bundles gave it.
    ActiveBundles always = new ActiveBundles(engine, Map.of("opa", address));
    return new LoadedSet(
        set.name(),
        set.audience(),
        () -> always,
        () -> {
          if (!engine.isHealthy()) {
            throw new BundleException(
                "The OPA at "
                    + address
                    + " is not well. Does it run, and has it loaded its bundles?");
          }
        },
        PolicyLoading::withoutBundles);
  }

  private static SidecarOptions options(Duration timeout) {
    return SidecarOptions.DEFAULT.withTimeout(timeout);
  }

  /**
   * Waits until each set has its first policy; one that only shadows need not have any yet.
   *
   * @throws BundleException when a set that decides for somebody has none
   */
  List<LoadedSet> join() throws BundleException {
    for (LoadedSet set : sets) {
      try {
        set.await();
      } catch (BundleException e) {
        if (!set.audience().isEmpty()) {
          throw e;
        }
        log.warn("a shadow has no policy yet, set={}", set.name(), e);
      }
    }
    return sets;
  }

  /** The revision that decides at this moment for whoever no other set is for. */
  String revision() {
    return sets.getLast().revision();
  }

  /**
   * How the policies fare, as OPA's status document.
   *
   * @param labels say which gateway this is
   */
  ObjectValue status(Map<String, String> labels) {
    ObjectValue status = sets.getLast().status().apply(labels);
    if (status.get(BUNDLES) instanceof ObjectValue all) {
      for (LoadedSet set : sets) {
        if (set.status().apply(labels).get(BUNDLES) instanceof ObjectValue own) {
          addAll(own, all);
        }
      }
    }
    return status;
  }

  private static void addAll(ObjectValue members, ObjectValue to) {
    for (int i = 0; i < members.size(); i++) {
      to.put(members.keyAt(i), members.valueAt(i));
    }
  }

  /** An OPA that runs already reports its bundles itself. */
  private static ObjectValue withoutBundles(Map<String, String> labels) {
    return new ObjectValue(3)
        .put("labels", ObjectValue.ofStrings(labels))
        .put("plugins", new ObjectValue(1));
  }

  @Override
  public void close() {
    parts.close();
  }
}
