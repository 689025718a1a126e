package dev.blastwall.opa.bundle;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bundles of a running program. Each is looked after by a thread of its own; {@link #get} gives
 * what decides at that moment, without waiting.
 */
public final class Bundles implements Supplier<ActiveBundles>, AutoCloseable {
  private final Activation activation;
  private final List<BundleLoop> loops = new ArrayList<>();

  private Bundles(Activation activation) {
    this.activation = activation;
  }

  /**
   * Begins to look after bundles; returns at once.
   *
   * @param bundles which, each with a name of its own; one of them brings the policies
   * @param engines makes engines of them
   * @param entrypoint what their smoke inputs are asked of, for instance {@code blastwall/decision}
   * @param folder where the last good ones are kept; null to keep none
   * @param listener hears what becomes of them
   * @throws BundleException when a source cannot be used at all
   */
  public static Bundles start(
      List<BundleConfig> bundles,
      EngineFactory engines,
      String entrypoint,
      @Nullable Path folder,
      BundleListener listener)
      throws BundleException {
    Map<String, BundleConfig> byName =
        bundles.stream().collect(Collectors.toMap(BundleConfig::name, bundle -> bundle));
    Bundles started = new Bundles(new Activation(byName.keySet(), engines, entrypoint));
    try {
      for (BundleConfig bundle : bundles) {
        started.loops.add(
            new BundleLoop(bundle, started.activation, new LastGood(folder), listener));
      }
      started.loops.forEach(BundleLoop::start);
      return started;
    } catch (IOException e) {
      started.close();
      throw new BundleException("the bundles cannot be looked after: " + e.getMessage(), e);
    }
  }

  /**
   * Waits until each source was asked once.
   *
   * @return what decides now
   * @throws BundleException when nothing does; the message says why, for each bundle
   */
  public ActiveBundles await() throws BundleException, InterruptedException {
    for (BundleLoop loop : loops) {
      loop.awaitFirstAttempt();
    }
    ActiveBundles active = activation.active();
    if (active == null) {
      throw new BundleException(
          status().stream()
              .flatMap(status ->
                  status.error().stream()
                      .map(error -> "The bundle " + status.name() + ": " + error.message()))
              .collect(Collectors.joining("\n")));
    }
    return active;
  }

  /**
   * What decides at this moment.
   *
   * @throws IllegalStateException when nothing does, because {@link #await} was not waited for
   */
  @Override
  public ActiveBundles get() {
    ActiveBundles active = activation.active();
    if (active == null) {
      throw new IllegalStateException("no bundle is active");
    }
    return active;
  }

  /** Looks for new bundles now instead of later. */
  public void trigger() {
    loops.forEach(BundleLoop::trigger);
  }

  /** How each bundle fares. */
  public List<BundleStatus> status() {
    return loops.stream().map(BundleLoop::status).toList();
  }

  /**
   * The document that OPA's status API sends, as far as it is about bundles; for others to add to.
   *
   * @param labels say which instance this is
   */
  public ObjectValue statusJson(Map<String, String> labels) {
    ObjectValue bundles = new ObjectValue(loops.size());
    status().forEach(status -> bundles.put(status.name(), status.toJson()));
    return new ObjectValue(4)
        .put("labels", ObjectValue.ofStrings(labels))
        .put("bundles", bundles)
        .put("plugins", new ObjectValue(2).put("bundle", new ObjectValue(1).put("state", state())));
  }

  /** Where it stands once everything was activated, whatever came after. */
  private String state() {
    return activation.active() == null ? "NOT_READY" : "OK";
  }

  /** Stops looking; what decides goes on deciding. */
  @Override
  public void close() {
    for (BundleLoop loop : loops) {
      try {
        loop.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
