package dev.blastwall.config;

import java.nio.file.Path;

/** The certificate that the gateway shows to clients. */
public sealed interface ConfiguredTls {

  /** The gateway makes one at its first start and keeps it in the data folder. */
  record SelfSigned() implements ConfiguredTls {}

  /**
   * The operator's.
   *
   * @param certificate PEM, the chain from the leaf up
   * @param key PEM, PKCS #8, not encrypted
   */
  record Provided(Path certificate, Path key) implements ConfiguredTls {}
}
