package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.bundle.SecretRef;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An HTTP service that takes decision logs as OPA sends them.
 *
 * @param url where batches are posted, with its path; OPA's is {@code /logs}
 * @param token what to present as a bearer token, if anything
 * @param authorities the certificates to trust, in PEM, if not those of the JVM
 * @param reporting how often, how much
 * @param spool the folder where events wait; of this log alone
 * @param spoolLimit how many bytes they may take there
 */
public record LogService(
    URI url,
    Optional<SecretRef> token,
    Optional<Path> authorities,
    Reporting reporting,
    Path spool,
    long spoolLimit) {
  /** What is enough for some hundred thousand decisions. */
  public static final long DEFAULT_SPOOL_LIMIT = 256L << 20;

  private static final long MIN_SPOOL_LIMIT = 1L << 20;

  public LogService {
    if (spoolLimit < MIN_SPOOL_LIMIT) {
      throw new IllegalArgumentException("a spool needs at least " + MIN_SPOOL_LIMIT + " bytes");
    }
  }
}
