package dev.blastwall.protocol.postgresql;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import dev.blastwall.protocol.Secret;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What passwords come to under the salt of a server (RFC 5802, section 3, SaltedPassword). To work
 * one out costs thousands of hashes, on purpose, and a server keeps a role's salt until the
 * password changes: every session after the first would do the same work again.
 */
final class SaltedPasswords {

  /** More than a gateway has credentials. */
  private static final int KEPT = 1024;

  private final Map<Salting, byte[]> known = new ConcurrentHashMap<>();

  private record Salting(Secret password, String salt, int iterations) {}

  /**
   * The salted password for SCRAM-SHA-256. May take milliseconds.
   *
   * @param salt in Base64, as the server's message has it
   */
  byte[] of(Secret password, String salt, int iterations) {
    if (known.size() >= KEPT) {
      known.clear();
    }
    return known.computeIfAbsent(new Salting(password, salt, iterations), SaltedPasswords::salted);
  }

  private static byte[] salted(Salting salting) {
    return ScramFunctions.saltedPassword(
        ScramMechanism.SCRAM_SHA_256,
        StringPreparation.POSTGRESQL_PREPARATION,
        salting.password().value().toCharArray(),
        Base64.getDecoder().decode(salting.salt()),
        salting.iterations());
  }
}
