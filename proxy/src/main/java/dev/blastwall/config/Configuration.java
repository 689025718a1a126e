package dev.blastwall.config;

import dev.blastwall.identity.TrustedIssuer;
import dev.blastwall.opa.bundle.BundleConfig;
import dev.blastwall.yaml.InvalidFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Everything that {@code blastwall.yaml} says. Relative paths in it are relative to its folder.
 *
 * @param postgresql where PostgreSQL clients are served, by the name of the listener and in the
 *     order of the file; {@code listeners}
 * @param api where the control API is served; {@code api}
 * @param issuers whose tokens count; {@code issuers}
 * @param connections the upstreams, by name; {@code connections}
 * @param engine what evaluates the policy; {@code policy.engine}, by default the gateway itself
 * @param bundles the policy, one bundle in files or several from wherever they are; {@code
 *     policy.bundle} or {@code policy.bundles}; none where the engine loads its own
 * @param sets more bundles, for some sessions or for shadows; of several that are for a session,
 *     the first decides; {@code policy.sets}
 * @param decisionLogs where decisions are logged; {@code decision_logs}, by default nowhere
 * @param recordings the folder of recordings; {@code recording.folder}, by default {@code
 *     recordings} in the data folder
 * @param data the folder of the gateway's own state; {@code data.folder}, by default {@code
 *     .blastwall} beside the file
 * @param maskingKey the file of the key for hashes and tokens; {@code masking.key}, by default a
 *     new key each time the gateway starts
 */
public record Configuration(
    Map<String, PostgresqlListener> postgresql,
    ApiListener api,
    List<TrustedIssuer> issuers,
    Map<String, ConfiguredConnection> connections,
    ConfiguredEngine engine,
    List<BundleConfig> bundles,
    List<ConfiguredSet> sets,
    DecisionLogs decisionLogs,
    Path recordings,
    Path data,
    Optional<Path> maskingKey) {

  public Configuration {
    postgresql = Collections.unmodifiableMap(new LinkedHashMap<>(postgresql));
    issuers = List.copyOf(issuers);
    bundles = List.copyOf(bundles);
    sets = List.copyOf(sets);
    connections = Map.copyOf(connections);
  }

  /**
   * Reads a configuration file, the environment variables and the files that it refers to.
   *
   * @throws InvalidFileException with every problem at once
   */
  public static Configuration load(Path file) throws InvalidFileException {
    return load(file, System::getenv);
  }

  static Configuration load(Path file, UnaryOperator<String> environment)
      throws InvalidFileException {
    return new ConfigurationReader(file, environment).read();
  }
}
