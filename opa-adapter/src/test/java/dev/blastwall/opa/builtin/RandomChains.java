package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Chains of certificates that often have one thing wrong with them, seldom two. */
final class RandomChains {
  static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");

  private static final List<String> HOSTS =
      List.of("a.example", "*.example", "b.a.example", "other.test", "A_b.Example", "*");
  private static final List<List<Integer>> PURPOSES =
      List.of(List.of(1), List.of(2), List.of(1, 2), List.of(3), List.of(0));

  private final Random random;
  private final List<KeyPair> keys = new ArrayList<>();

  private final int constrained;

  /**
   * Starts a row of chains.
   *
   * @param constrained how many of a hundred issuers restrict the names of hosts
   */
  RandomChains(long seed, int constrained) throws GeneralSecurityException {
    random = new Random(seed);
    this.constrained = constrained;
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    for (int i = 0; i < 5; i++) {
      keys.add(generator.generateKeyPair());
    }
  }

  private boolean chance(int inHundred) {
    return random.nextInt(100) < inHundred;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** The root first, the leaf last. */
  Value chain() {
    int length = 2 + random.nextInt(3);
    List<String> certificates = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      certificates.add(certificate(i, i == length - 1).pem());
    }
    if (chance(20)) {
      Collections.shuffle(certificates.subList(1, length - 1), random);
    }
    if (chance(5)) {
      certificates.add(certificates.getFirst());
    }
    return Value.of(String.join("", certificates));
  }

  private TestCertificate certificate(int position, boolean isLeaf) {
    int issuer = Math.max(0, position - 1);
    Instant from = NOW.minus(Duration.ofDays(chance(96) ? 9 : -3));
    Instant until = NOW.plus(Duration.ofDays(chance(96) ? 9 : -3));
    return new TestCertificate(
        "c" + position,
        "c" + (chance(97) ? issuer : issuer + 1),
        keys.get(position),
        keys.get(chance(97) ? issuer : 4),
        from,
        until,
        chance(97) ? "SHA256" : "SHA1",
        chance(95) ? extensions(isLeaf) : List.of());
  }

  private List<byte[]> extensions(boolean isLeaf) {
    List<byte[]> extensions = new ArrayList<>();
    if (isLeaf || chance(97)) {
      int maxBelow = chance(75) ? -1 : random.nextInt(3);
      boolean isAuthority = isLeaf ? chance(10) : chance(97);
      extensions.add(TestCertificate.basicConstraints(isAuthority, isAuthority ? maxBelow : -1));
    }
    if (chance(50)) {
      extensions.add(TestCertificate.keyUsage(!isLeaf && chance(95)));
    }
    if (chance(25)) {
      extensions.add(TestCertificate.extendedKeyUsage(one(PURPOSES)));
    }
    if (isLeaf && chance(90)) {
      extensions.add(TestCertificate.hostNames(List.of(one(HOSTS), one(HOSTS))));
    }
    if (!isLeaf && chance(constrained)) {
      extensions.add(TestCertificate.allowedHosts("example"));
    }
    if (chance(2)) {
      extensions.add(TestCertificate.unknown());
    }
    return extensions;
  }

  ObjectValue options() {
    ObjectValue options =
        new ObjectValue(3).put("CurrentTime", NOW.getEpochSecond() * 1_000_000_000);
    if (chance(40)) {
      options.put(
          "DNSName",
          one(
              List.of(
                  "a.example", "x.example", "B.A.example.", "a_b.example", "*", "", "1.2.3.4")));
    }
    if (chance(40)) {
      options.put(
          "KeyUsages",
          ArrayValue.ofStrings(
              one(
                  List.of(
                      List.of("KeyUsageClientAuth"),
                      List.of("KeyUsageClientAuth", "KeyUsageServerAuth"),
                      List.of("KeyUsageAny"),
                      List.of()))));
    }
    return options;
  }
}
