package dev.blastwall.demo;

import dev.blastwall.command.Connection;
import dev.blastwall.config.ApiListener;
import dev.blastwall.config.Configuration;
import dev.blastwall.config.ConfiguredConnection;
import dev.blastwall.config.ConfiguredEngine;
import dev.blastwall.config.ConfiguredSignIn;
import dev.blastwall.config.ConfiguredTls;
import dev.blastwall.config.DecisionLogs;
import dev.blastwall.config.PostgresqlListener;
import dev.blastwall.gateway.Gateway;
import dev.blastwall.gateway.GatewayException;
import dev.blastwall.gateway.Parts;
import dev.blastwall.opa.bundle.BundleConfig;
import dev.blastwall.protocol.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A whole gateway on this machine, with a database and an issuer of its own. */
public final class Demo {

  /** The name of the one connection. */
  public static final String CONNECTION = "shop";

  private static final String LOOPBACK = "127.0.0.1";
  private static final String STARTER_BUNDLE = "/bundles/starter.tar.gz";
  private static final int ANY_PORT = 0;
  private static final Duration SIGN_IN_TIMEOUT = Duration.ofSeconds(60);

  private final DevIssuer issuer;
  private final Upstream upstream;
  private final Gateway gateway;

  private Demo(DevIssuer issuer, Upstream upstream, Gateway gateway) {
    this.issuer = issuer;
    this.upstream = upstream;
    this.gateway = gateway;
  }

  /**
   * Starts everything.
   *
   * @param own the reader's own database, or null for the shop
   * @param policy the reader's own bundle, or null for the starter bundle
   * @param parts gets whatever was started, to be stopped by the caller
   * @throws IOException when the database, the issuer or the folder for both cannot be had
   * @throws GatewayException when the gateway does not start
   */
  public static Demo start(@Nullable Upstream own, @Nullable Path policy, Parts parts)
      throws IOException, GatewayException {
    Path work = parts.add(WorkFolder.create()).path();
    Upstream upstream =
        own == null ? parts.add(LocalPostgres.shop(WorkFolder.cache())).upstream() : own;
    DevIssuer issuer = parts.add(DevIssuer.start());
    Path bundle = policy == null ? starterBundle(work) : policy;
    Gateway gateway = parts.add(Gateway.start(configuration(work, issuer, upstream, bundle)));
    return new Demo(issuer, upstream, gateway);
  }

  private static Path starterBundle(Path folder) throws IOException {
    Path file = folder.resolve("starter.tar.gz");
    try (InputStream bundle = Demo.class.getResourceAsStream(STARTER_BUNDLE)) {
      Files.copy(Objects.requireNonNull(bundle, "the build puts the bundle there"), file);
    }
    return file;
  }

  private static Configuration configuration(
      Path folder, DevIssuer issuer, Upstream upstream, Path bundle) {
    Connection connection = new Connection(CONNECTION, "postgresql", upstream.database(), Map.of());
    return new Configuration(
        Map.of(
            "postgresql",
            new PostgresqlListener(
                LOOPBACK,
                ANY_PORT,
                new ConfiguredTls.SelfSigned(),
                true,
                new ConfiguredSignIn.Password(),
                SIGN_IN_TIMEOUT)),
        new ApiListener(LOOPBACK, ANY_PORT),
        List.of(issuer.trusted()),
        Map.of(CONNECTION, new ConfiguredConnection(connection, upstream, Optional.empty())),
        new ConfiguredEngine.Embedded(),
        List.of(BundleConfig.inFiles("policy", bundle)),
        List.of(),
        DecisionLogs.NONE,
        folder.resolve("recordings"),
        folder,
        Optional.empty());
  }

  /** The running gateway. */
  public Gateway gateway() {
    return gateway;
  }

  /** The database behind it. */
  public Upstream upstream() {
    return upstream;
  }

  /** Who issues its tokens. */
  public DevIssuer issuer() {
    return issuer;
  }

  /** A token for {@code user}. */
  public String token(DemoUser user) {
    return issuer.token(user);
  }
}
